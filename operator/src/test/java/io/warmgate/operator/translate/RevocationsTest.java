package io.warmgate.operator.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.config.Access;
import io.warmgate.config.Consumer;
import io.warmgate.config.Consumer.Grant;
import io.warmgate.config.Consumer.Grant.State;
import io.warmgate.config.Consumer.Token;
import io.warmgate.config.admin.Revocation;
import io.warmgate.config.admin.Revocation.Taken;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What one revision gives and the next does not. */
class RevocationsTest {
  private static final String K1 = "a".repeat(64);
  private static final String K2 = "b".repeat(64);
  private static final String C1 = "c".repeat(64);
  private static final String C2 = "d".repeat(64);
  private static final Token TOKEN = new Token("idp", Map.of("azp", "app"));
  private static final Token OTHER = new Token("idp", Map.of("azp", "other"));

  /** A consumer that has one of each. */
  private static final Consumer APP =
      consumer(
          "shop/app",
          List.of(new Consumer.Key(K1, null)),
          List.of(TOKEN),
          List.of(C1),
          new Grant("shop/orders", State.GRANTED));

  private static Consumer consumer(
      String id,
      List<Consumer.Key> keys,
      List<Token> tokens,
      List<String> certificates,
      Grant... grants) {
    return new Consumer(id, keys, tokens, certificates, List.of(grants), List.of());
  }

  private static Consumer keys(Consumer.Key... keys) {
    return consumer("shop/app", List.of(keys), List.of(), List.of());
  }

  private static Consumer grants(Grant... grants) {
    return consumer("shop/app", List.of(), List.of(), List.of(), grants);
  }

  private static Access knowing(Consumer... consumers) {
    return new Access(List.of(), List.of(consumers));
  }

  private static Revocation takes(Taken... taken) {
    return new Revocation(false, List.of(taken));
  }

  private static Revocation takesKey(String sha256, @Nullable Long from) {
    return takes(
        new Taken(
            "shop/app", false, List.of(new Revocation.Key(sha256, from)), List.of(), List.of()));
  }

  private static Revocation takesRoute(String route) {
    return takes(new Taken("shop/app", false, List.of(), List.of(), List.of(route)));
  }

  static Stream<Arguments> steps() {
    Grant orders = new Grant("shop/orders", State.GRANTED);
    return Stream.of(
        Arguments.of("nothing changes", knowing(APP), knowing(APP), Revocation.NOTHING),
        Arguments.of("a consumer comes", knowing(), knowing(APP), Revocation.NOTHING),
        Arguments.of("a consumer goes", knowing(APP), knowing(), takes(Taken.whole("shop/app"))),
        Arguments.of(
            "a key comes",
            knowing(keys(new Consumer.Key(K1, null))),
            knowing(keys(new Consumer.Key(K1, null), new Consumer.Key(K2, null))),
            Revocation.NOTHING),
        Arguments.of(
            "a key goes",
            knowing(keys(new Consumer.Key(K1, null), new Consumer.Key(K2, null))),
            knowing(keys(new Consumer.Key(K2, null))),
            takesKey(K1, null)),
        Arguments.of(
            "a key is to end",
            knowing(keys(new Consumer.Key(K1, null))),
            knowing(keys(new Consumer.Key(K1, 5L))),
            takesKey(K1, 5L)),
        Arguments.of(
            "a key ends sooner",
            knowing(keys(new Consumer.Key(K1, 9L))),
            knowing(keys(new Consumer.Key(K1, 5L))),
            takesKey(K1, 5L)),
        Arguments.of(
            "a key ends later",
            knowing(keys(new Consumer.Key(K1, 5L))),
            knowing(keys(new Consumer.Key(K1, 9L))),
            Revocation.NOTHING),
        Arguments.of(
            "a key ends no more",
            knowing(keys(new Consumer.Key(K1, 5L))),
            knowing(keys(new Consumer.Key(K1, null))),
            Revocation.NOTHING),
        Arguments.of(
            "a key becomes another's",
            knowing(keys(new Consumer.Key(K1, null))),
            knowing(
                keys(),
                consumer("shop/other", List.of(new Consumer.Key(K1, null)), List.of(), List.of())),
            takesKey(K1, null)),
        Arguments.of(
            "one certificate goes, one comes",
            knowing(consumer("shop/app", List.of(), List.of(), List.of(C1))),
            knowing(consumer("shop/app", List.of(), List.of(), List.of(C2))),
            takes(new Taken("shop/app", false, List.of(), List.of(C1), List.of()))),
        Arguments.of(
            "claims are known by no more",
            knowing(consumer("shop/app", List.of(), List.of(TOKEN, OTHER), List.of())),
            knowing(consumer("shop/app", List.of(), List.of(OTHER), List.of())),
            takes(Taken.whole("shop/app"))),
        Arguments.of(
            "more claims are known by",
            knowing(consumer("shop/app", List.of(), List.of(TOKEN), List.of())),
            knowing(consumer("shop/app", List.of(), List.of(OTHER, TOKEN), List.of())),
            Revocation.NOTHING),
        Arguments.of(
            "a grant is revoked",
            knowing(grants(orders)),
            knowing(grants(new Grant("shop/orders", State.REVOKED))),
            takesRoute("shop/orders")),
        Arguments.of(
            "a grant waits again",
            knowing(grants(orders)),
            knowing(grants(new Grant("shop/orders", State.PENDING))),
            takesRoute("shop/orders")),
        Arguments.of(
            "a grant is no longer there",
            knowing(grants(orders, new Grant("shop/pages", State.GRANTED))),
            knowing(grants(new Grant("shop/pages", State.GRANTED))),
            takesRoute("shop/orders")),
        Arguments.of(
            "what was never granted is rejected",
            knowing(grants(new Grant("shop/orders", State.PENDING))),
            knowing(grants(new Grant("shop/orders", State.REJECTED))),
            Revocation.NOTHING));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("steps")
  void step(String name, Access before, Access after, Revocation taken) {
    assertThat(Revocations.between(before, after)).as(name).isEqualTo(taken);
  }

  @Test
  void whoeverLosesMoreThanCanBeSaidLosesAll() {
    List<Consumer.Key> keys =
        IntStream.rangeClosed(0, Revocation.MAX_NAMES)
            .mapToObj(n -> new Consumer.Key("%064x".formatted(n), null))
            .toList();
    assertThat(
            Revocations.between(
                knowing(keys(keys.toArray(Consumer.Key[]::new))), knowing(keys(keys.getFirst()))))
        .isEqualTo(
            takes(
                new Taken(
                    "shop/app",
                    false,
                    keys.stream()
                        .skip(1)
                        .map(key -> new Revocation.Key(key.sha256(), null))
                        .toList(),
                    List.of(),
                    List.of())));
    assertThat(
            Revocations.between(knowing(keys(keys.toArray(Consumer.Key[]::new))), knowing(keys())))
        .isEqualTo(takes(Taken.whole("shop/app")));
  }

  /** A revocation is whole: what the newer one gives was given before, or comes with it. */
  @Test
  void whatIsTakenAndGivenBackIsNotTakenOverBoth() {
    Access without = knowing(keys());
    Access with = knowing(keys(new Consumer.Key(K1, null)));
    assertThat(Revocations.between(with, without)).isEqualTo(takesKey(K1, null));
    assertThat(Revocations.between(without, with)).isEqualTo(Revocation.NOTHING);
    assertThat(Revocations.between(with, with)).isEqualTo(Revocation.NOTHING);
  }
}
