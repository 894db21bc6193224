package io.warmgate.server.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentTest {
  /** A clock without an origin goes over from the largest number to the smallest. */
  private static final long NOW = Long.parseLong("9223372036854775800");

  private final Recent<String> recent = new Recent<>(3);
  private final Object scope = new Object();

  @Test
  void whatWasPutIsFoundForTextThatIsEqualAndForTheSameObject() {
    Object who = new Object();
    recent.put(scope, "x", "text", NOW);
    recent.put(scope, who, "object", NOW);
    recent.put(scope, null, "nobody", NOW);
    assertThat(recent.get(scope, String.valueOf(new char[] {'x'}), NOW)).isEqualTo("text");
    assertThat(recent.get(scope, who, NOW)).isEqualTo("object");
    assertThat(recent.get(scope, null, NOW)).isEqualTo("nobody");
  }

  /** Also where another's place is the same: there are fewer places than these. */
  @Test
  void nobodyFindsWhatIsAnothers() {
    for (int i = 0; i < 10_000; i++) {
      recent.put(scope, "who " + i, "found " + i, NOW);
    }
    Object other = new Object();
    int found = 0;
    for (int i = 0; i < 10_000; i++) {
      String one = recent.get(scope, "who " + i, NOW);
      found += one == null ? 0 : 1;
      assertThat(one).isIn(null, "found " + i);
      assertThat(recent.get(other, "who " + i, NOW)).isNull();
    }
    assertThat(found).isBetween(2_000, 4_096);
  }

  @Test
  void whoDecidesWhatIsForgottenIsAskedNowAndThen() {
    recent.put(scope, "x", "found", NOW);
    for (int use = 1; use <= 3; use++) {
      assertThat(recent.get(scope, "x", NOW)).isEqualTo("found");
    }
    assertThat(recent.get(scope, "x", NOW)).isNull();
    recent.put(scope, "x", "found", NOW);
    assertThat(recent.get(scope, "x", NOW + Recent.NANOS - 1)).isEqualTo("found");
    assertThat(recent.get(scope, "x", NOW + Recent.NANOS)).isNull();
  }

  @Test
  void nothingIsKeptOfABefore() {
    recent.put(scope, "x", "found", NOW);
    recent.clear();
    assertThat(recent.get(scope, "x", NOW)).isNull();
  }
}
