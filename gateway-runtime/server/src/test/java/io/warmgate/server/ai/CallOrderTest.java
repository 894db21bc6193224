package io.warmgate.server.ai;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.ai.chat.ErrorKind;
import io.warmgate.config.BackendRef;
import io.warmgate.config.Model;
import io.warmgate.config.ValueRef;
import io.warmgate.server.credential.Proofs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whom a call asks, one after the other. */
class CallOrderTest {
  private final Choice pool = choice("pool", 1, 1, 1);
  private final Choice alone = choice("alone", 1);
  private long now = 17;
  private final Rests rests = new Rests(() -> now);

  private static Choice choice(String name, int... weights) {
    List<Model.Key> keys = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      keys.add(
          new Model.Key(
              new ValueRef("test/keys/" + (char) ('a' + i), ("" + i).repeat(64)), weights[i]));
    }
    Model model =
        new Model("test/" + name, Model.Provider.OPENAI, name, List.of(name), null, 512, List.of())
            .withKeys(keys);
    return new Choice(
        new BackendRef(model.id(), 1, "g", model.id()),
        ServedModel.of(model, _ -> new byte[] {'k'}, _ -> Proofs.Proof.NONE));
  }

  /** {@code model/key}, of one that has no others {@code model} alone. */
  private static List<String> all(CallOrder turns) {
    List<String> all = new ArrayList<>();
    while (!turns.isOver()) {
      all.add(told(turns.next()));
    }
    return all;
  }

  private static String told(Keyed who) {
    String model = who.choice().model().model().model();
    return who.key().name() == null ? model : model + who.key().name().substring(4);
  }

  private CallOrder turns(Choice... order) {
    return new CallOrder(List.of(order), rests, _ -> 0);
  }

  private static ModelKey key(Choice choice, int i) {
    return choice.model().keys().get(i);
  }

  @Test
  void eachKeyOfAModelComesBeforeAnotherModel() {
    assertThat(all(turns(pool, alone))).containsExactly("pool/a", "pool/b", "pool/c", "alone");
    assertThat(all(turns(alone, pool))).containsExactly("alone", "pool/a", "pool/b", "pool/c");
  }

  @Test
  void aKeyThatRestsComesLastAndOneAloneOfThem() {
    rests.failed(key(pool, 0), ErrorKind.RATE_LIMITED, 30L);
    assertThat(all(turns(pool, alone))).containsExactly("pool/b", "pool/c", "alone", "pool/a");
    rests.failed(key(pool, 1), ErrorKind.RATE_LIMITED, 20L);
    assertThat(all(turns(pool, alone))).containsExactly("pool/c", "alone", "pool/b");
    rests.failed(key(pool, 2), ErrorKind.AUTHENTICATION, null);
    assertThat(all(turns(pool, alone))).as("all rest").containsExactly("alone", "pool/b");
    now += TimeUnit.SECONDS.toNanos(20);
    assertThat(all(turns(pool, alone))).containsExactly("pool/b", "alone", "pool/a");
  }

  /** Its time may be over sooner: who was refused is likely to be refused again. */
  @Test
  void whoIsBusyIsAskedWithBeforeWhoIsRefused() {
    Choice two = choice("two", 1, 1);
    rests.failed(key(two, 0), ErrorKind.BILLING, null);
    now += TimeUnit.SECONDS.toNanos(30);
    rests.failed(key(two, 1), ErrorKind.RATE_LIMITED, 3_600L);
    assertThat(all(turns(two))).containsExactly("two/b");
    now += TimeUnit.SECONDS.toNanos(30);
    assertThat(all(turns(two))).as("a minute is over").containsExactly("two/a", "two/b");
  }

  @Test
  void aModelThatRestsComesLastWithAllOfItsKeys() {
    for (int i = 0; i < 3; i++) {
      rests.failed("test/pool", ErrorKind.SERVER, null);
    }
    assertThat(all(turns(pool, alone))).containsExactly("alone", "pool/a", "pool/b", "pool/c");
  }

  @Test
  void aModelThatFailsIsNotAskedWithAnotherKey() {
    CallOrder turns = turns(pool, alone);
    assertThat(told(turns.next())).isEqualTo("pool/a");
    turns.without(pool);
    assertThat(all(turns)).containsExactly("alone");
  }

  /** Others have found out meanwhile. */
  @Test
  void whoHasBegunToRestIsPassedOver() {
    CallOrder turns = turns(pool, alone);
    rests.failed(key(pool, 0), ErrorKind.PERMISSION, null);
    rests.failed(key(pool, 1), ErrorKind.RATE_LIMITED, null);
    assertThat(all(turns)).containsExactly("pool/c", "alone");
    CallOrder only = turns(pool);
    for (int i = 0; i < 3; i++) {
      rests.failed(key(pool, i), ErrorKind.RATE_LIMITED, null);
    }
    assertThat(all(only)).as("better than nobody").hasSize(1);
  }

  @Test
  void weightsSayHowOftenAKeyIsTheFirst() {
    Choice weighted = choice("weighted", 1, 3, 6);
    Random random = new Random(7);
    Map<String, Integer> first = new HashMap<>();
    for (int i = 0; i < 10_000; i++) {
      CallOrder turns = new CallOrder(List.of(weighted), rests, random::nextLong);
      List<String> all = all(turns);
      first.merge(all.getFirst(), 1, Integer::sum);
      assertThat(all).hasSize(3).doesNotHaveDuplicates();
    }
    assertThat(
            Stream.of("a", "b", "c")
                .map(key -> Objects.requireNonNull(first.get("weighted/" + key))))
        .satisfiesExactly(
            one -> assertThat(one).isBetween(900, 1_100),
            three -> assertThat(three).isBetween(2_850, 3_150),
            six -> assertThat(six).isBetween(5_850, 6_150));
  }
}
