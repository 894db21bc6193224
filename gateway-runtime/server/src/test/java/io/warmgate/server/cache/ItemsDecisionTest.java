package io.warmgate.server.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warmgate.httpcache.Decision;
import io.warmgate.httpcache.Decision.Forward;
import io.warmgate.httpcache.Decision.Pass;
import io.warmgate.httpcache.Decision.Plain;
import io.warmgate.httpcache.Decision.Refuse;
import io.warmgate.httpcache.Decision.Serve;
import io.warmgate.httpcache.Decision.ServeAndRevalidate;
import io.warmgate.httpcache.Decision.Validate;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

class ItemsDecisionTest {
  private static final Decision MISS = new Forward(Reason.NOTHING_FOUND);
  private static final Decision PURGED = new Forward(Reason.PURGED);
  private static final Decision PRIVATE = new Pass(Reason.SENSITIVE, Reason.SENSITIVE);

  private static Serve fresh(long age, long ttl) {
    return new Serve(Reason.FRESH, Plain.WHOLE, age, ttl);
  }

  private static ItemsDecision of(Decision... decisions) {
    return ItemsDecision.of(List.of(decisions));
  }

  private static ItemsDecision ask(Reason reason, Integer... places) {
    return new ItemsDecision.Ask(reason, List.of(places), null);
  }

  @Test
  void allAreThere() {
    assertThat(of(fresh(3, 20))).isEqualTo(new ItemsDecision.Served(fresh(3, 20)));
    assertThat(of(fresh(3, 20), fresh(9, 12), fresh(1, 40)))
        .isEqualTo(new ItemsDecision.Served(fresh(9, 12)));
    Serve accepted = new Serve(Reason.STALE_ACCEPTED, Plain.WHOLE, 70, -10);
    assertThat(of(fresh(3, 20), accepted)).isEqualTo(new ItemsDecision.Served(accepted));
    assertThat(of(accepted, fresh(3, 20))).isEqualTo(new ItemsDecision.Served(accepted));
  }

  @Test
  void someAre() {
    assertThat(of(fresh(3, 20), MISS, fresh(9, 40), PRIVATE))
        .isEqualTo(new ItemsDecision.Ask(Reason.PARTLY_STORED, List.of(1, 3), fresh(9, 20)));
  }

  @Test
  void noneIs() {
    assertThat(of(MISS, PURGED)).isEqualTo(ask(Reason.NOTHING_FOUND, 0, 1));
    assertThat(of(PURGED, MISS)).isEqualTo(ask(Reason.PURGED, 0, 1));
    assertThat(of(new Validate(Reason.STALE, FieldList.EMPTY), MISS))
        .isEqualTo(ask(Reason.STALE, 0, 1));
    assertThat(of(PRIVATE, MISS)).isEqualTo(ask(Reason.NOTHING_FOUND, 0, 1));
    assertThat(of(PRIVATE, PRIVATE)).isEqualTo(ask(Reason.SENSITIVE, 0, 1));
  }

  @Test
  void whatIsStaleStandsInForNothing() {
    Decision stale =
        new ServeAndRevalidate(
            new Serve(Reason.STALE_WHILE_REVALIDATE, Plain.WHOLE, 70, -10), FieldList.EMPTY);
    assertThat(of(stale, stale)).isEqualTo(ask(Reason.STALE, 0, 1));
    assertThat(of(stale, fresh(3, 20)))
        .isEqualTo(new ItemsDecision.Ask(Reason.PARTLY_STORED, List.of(0), fresh(3, 20)));
  }

  @Test
  void oneThatMayNotBeAskedForRefusesAll() {
    assertThat(of(fresh(3, 20), MISS, new Refuse(Reason.ONLY_IF_CACHED, 504)))
        .isEqualTo(new ItemsDecision.Refused(Reason.ONLY_IF_CACHED, 504));
    assertThatThrownBy(ItemsDecisionTest::of).isInstanceOf(IllegalArgumentException.class);
  }
}
