package io.warmgate.server.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.warmgate.config.BackendRef;
import io.warmgate.config.Limit;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CountedApartTest {
  private final Vertx vertx = Vertx.vertx();
  private final Limits limits = new Limits(vertx, "uid-1", "pod", () -> 4);

  @AfterEach
  void end() throws Exception {
    limits.close();
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private static CompiledLimit limit(long amount, long perMillis) {
    Limit limit =
        new Limit(
            "a",
            Limit.By.CLIENT_ADDRESS,
            Limit.Unit.REQUESTS,
            amount,
            perMillis,
            Limit.Hits.COUNTED,
            Limit.Mode.ENFORCE);
    return new CompiledLimit(
        limit, new CompiledLimit.Scope.OfRule("shop/a", "0", new CompiledLimit.Counted(limit)));
  }

  @Test
  void countsInAPodAreBounded() {
    CompiledLimit limit = limit(10, 60_000);
    for (int i = 0; i < Limits.MAX_COUNTS + 20_000; i++) {
      limits.allowance(limit, Integer.toString(i));
    }
    assertThat(limits.held()).isLessThanOrEqualTo(Limits.MAX_COUNTS);
  }

  @Test
  void oneIsCountedOnce() {
    assertThat(limits.allowance(limit(10, 60_000), "x"))
        .isSameAs(limits.allowance(limit(10, 60_000), "x"))
        .isNotSameAs(limits.allowance(limit(10, 60_000), "y"))
        .isNotSameAs(limits.allowance(limit(10, 1_000), "x"))
        .isNotSameAs(limits.allowance(limit(11, 60_000), "x"));
  }

  /** What has another amount counts on in Redis; what counts something else begins anew. */
  @Test
  void keysInRedis() {
    assertThat(limit(10, 60_000).digested("x"))
        .isEqualTo(limit(11, 60_000).digested("x"))
        .isNotEqualTo(limit(10, 60_000).digested("y"))
        .isNotEqualTo(limit(10, 1_000).digested("x"));
    assertThat(money("USD").digested("x"))
        .isEqualTo(money("USD").digested("x"))
        .isNotEqualTo(money("EUR").digested("x"));
  }

  /** Two sides of a release take turns, and are one model to whoever counts. */
  @Test
  void aModelIsTheSameInEachForm() {
    assertThat(CompiledLimit.asked(new BackendRef("b", 1, "g", "shop/gpt:a#0123", 0)))
        .isEqualTo(CompiledLimit.asked(new BackendRef("b", 1, "h", "shop/gpt:a", 0)))
        .isNotEqualTo(CompiledLimit.asked(new BackendRef("b", 1, "g", "shop/gpt:b", 0)));
  }

  private static CompiledLimit money(String currency) {
    Limit limit =
        new Limit(
            "a",
            Limit.By.ROUTE,
            Limit.Unit.COST,
            10,
            60_000,
            Limit.Hits.FREE,
            Limit.Mode.ENFORCE,
            currency);
    return new CompiledLimit(
        limit, new CompiledLimit.Scope.OfRule("shop/a", "0", new CompiledLimit.Counted(limit)));
  }
}
