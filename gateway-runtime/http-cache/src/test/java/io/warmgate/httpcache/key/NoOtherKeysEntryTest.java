package io.warmgate.httpcache.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.RequestView;
import io.warmgate.httpcache.RequestView.Target;
import io.warmgate.httpcache.entry.VariantIndex;
import io.warmgate.httpcache.rule.Vary;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A store that is keyed as the gateway's, filled and asked at random: whatever is found was stored
 * for the same target, by a request whose selecting fields mean the same. What that is, is decided
 * here anew, by the fields as they were sent.
 */
class NoOtherKeysEntryTest {
  private static final KeyRecipe RECIPE =
      new KeyRecipe("", "g", new QueryRule.All(), List.of("x-tenant"));
  private static final String[] NAMES = {"accept-encoding", "accept-language", "x-a", "x-tenant"};
  private static final String[] VALUES = {"", "a", "A", "b", "a,b", "b,a", "a, b", "b ,a", "a;q=1"};

  private record Stored(RequestView request, List<String> vary) {}

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private final Map<CacheKey, Object> store = new HashMap<>();

  @Test
  void whatIsFoundWasStoredForTheSame() {
    int found = 0;
    for (int i = 0; i < 100_000; i++) {
      RequestView request = request();
      Optional<Stored> hit = lookup(request);
      hit.ifPresent(stored -> assertSame(stored, request));
      found += hit.isPresent() ? 1 : 0;
      if (random.nextInt(5) == 0) {
        keep(request, Vary.names(response()));
      }
    }
    assertThat(found).as("seed %d: the generator reaches hits", seed).isGreaterThan(1_000);
  }

  private void assertSame(Stored stored, RequestView request) {
    String what = "seed %d: %s for %s".formatted(seed, stored, request);
    assertThat(stored.request().target()).as(what).isEqualTo(request.target());
    for (String name : stored.vary()) {
      assertThat(meaning(name, stored.request()))
          .as("%s by %s", what, name)
          .isEqualTo(meaning(name, request));
    }
    assertThat(meaning("x-tenant", stored.request()))
        .as(what)
        .isEqualTo(meaning("x-tenant", request));
  }

  private static @Nullable String meaning(String name, RequestView request) {
    List<String> lines = request.fields().all(name);
    if (lines.isEmpty()) {
      return null;
    }
    return switch (name) {
      case "accept-encoding" -> members(lines).sorted().collect(Collectors.joining(","));
      case "accept-language" -> members(lines).collect(Collectors.joining(","));
      default -> String.join(", ", lines);
    };
  }

  /** In any case, with or without blanks; empty ones are none (RFC 9110 §5.6.1.2). */
  private static Stream<String> members(List<String> lines) {
    return Arrays.stream(String.join(",", lines).toLowerCase(Locale.ROOT).split(",", -1))
        .map(String::strip)
        .filter(member -> !member.isEmpty());
  }

  private RequestView request() {
    FieldList.Builder fields = FieldList.builder();
    for (String name : NAMES) {
      for (int i = random.nextInt(3); i > 0; i--) {
        fields.add(name, VALUES[random.nextInt(VALUES.length)]);
      }
    }
    String path = random.nextBoolean() ? "/a" : "/b";
    return new RequestView(
        random.nextInt(4) == 0 ? "HEAD" : "GET",
        new Target("https", "h", path, random.nextBoolean() ? null : ""),
        fields.build(),
        false);
  }

  private FieldList response() {
    FieldList.Builder fields = FieldList.builder();
    for (int i = random.nextInt(3); i > 0; i--) {
      fields.add("vary", NAMES[random.nextInt(3)]);
    }
    if (random.nextInt(3) == 0) {
      fields.add("content-encoding", "gzip");
    }
    return fields.build();
  }

  private Optional<Stored> lookup(RequestView request) {
    CacheKey primary = RECIPE.primary(request, null);
    Object slot = store.get(primary);
    if (slot instanceof VariantIndex index) {
      slot = store.get(primary.variant(index.names(), request.fields()));
    }
    return slot instanceof Stored stored ? Optional.of(stored) : Optional.empty();
  }

  private void keep(RequestView request, List<String> vary) {
    CacheKey primary = RECIPE.primary(request, null);
    VariantIndex index = store.get(primary) instanceof VariantIndex known ? known : null;
    Stored stored = new Stored(request, vary);
    if (index == null && vary.isEmpty()) {
      store.put(primary, stored);
      return;
    }
    VariantIndex named =
        Objects.requireNonNullElse(index, VariantIndex.empty(primary.material()))
            .withNames(vary)
            .orElseThrow();
    store.put(primary, named);
    store.put(primary.variant(named.names(), request.fields()), stored);
    if (random.nextInt(50) == 0) {
      // As when it was evicted or expired.
      store.remove(primary);
    }
  }
}
