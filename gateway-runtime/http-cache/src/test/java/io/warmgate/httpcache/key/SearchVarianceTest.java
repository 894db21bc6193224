package io.warmgate.httpcache.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.RequestView;
import io.warmgate.httpcache.RequestView.Target;
import io.warmgate.httpcache.key.SearchVariance.Names;
import io.warmgate.httpcache.key.SearchVariance.Order;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchVarianceTest {
  private static final SearchVariance ORDER =
      new SearchVariance(Names.IGNORED, List.of(), Order.IGNORED);

  private static SearchVariance ignoring(String... names) {
    return new SearchVariance(Names.IGNORED, List.of(names), Order.COUNTS);
  }

  private static SearchVariance counting(String... names) {
    return new SearchVariance(Names.COUNTED, List.of(names), Order.COUNTS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      nullValues = "-",
      quoteCharacter = '\0',
      value = {
        // query, canonical: the draft's examples under any variance
        "- -",
        "a=x a=x",
        "%61=%78 a=x",
        "a=é a=%C3%A9",
        "a=%C3%A9 a=%C3%A9",
        "a=x&&&& a=x",
        "a a=",
        "a= a=",
        "a=%20 a=+",
        "a=+ a=+",
        // The order of names, not of values.
        "b=2&a=1 a=1&b=2",
        "b=2&a=2&b=1&a=1 a=2&a=1&b=2&b=1",
        // By UTF-16 code units: U+10000 before U+FF5E.
        "%EF%BD%9E&%F0%90%80%80 %F0%90%80%80=&%EF%BD%9E=",
        // Only what has a meaning in forms stays encoded.
        "a=~/:@!$'(),&b=%2a%2D%2e%5F a=%7E%2F%3A%40%21%24%27%28%29%2C&b=*-._",
        "a=b=c a=b%3Dc",
        "a=1%26b=2 a=1%26b%3D2",
        "=x =x",
        "= =",
        // No percent-encoding.
        "a=%&b=%4&c=%zz a=%25&b=%254&c=%25zz",
      })
  void inOneForm(@Nullable String query, @Nullable String canonical) {
    assertThat(ORDER.canonical(query)).isEqualTo(canonical);
  }

  @Test
  void anEmptyQueryIsNone() {
    assertThat(ORDER.canonical("")).isNull();
    assertThat(ORDER.canonical("&&")).isNull();
  }

  @Test
  void onlyWhatCountsIsLeft() {
    assertThat(ignoring("b").canonical("c=3&b=2&a=1&%62=4")).isEqualTo("c=3&a=1");
    assertThat(ignoring("a", "b").canonical("b=2&a=1")).isNull();
    assertThat(counting("b").canonical("c=3&b=2&a=1&%62=4")).isEqualTo("b=2&b=4");
    assertThat(counting().canonical("c=3&b=2")).isNull();
    assertThat(ignoring("é 気").canonical("%C3%A9+%E6%B0%97=4&a=1")).isEqualTo("a=1");
    assertThat(ignoring("A").canonical("a=1&A=2")).isEqualTo("a=1");
  }

  /** Narrower than the draft, by which the second would be {@code a=%EF%BF%BD}. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\0',
      value = {"b=1;c=2&a=1", "b=1&a=%f6", "b=1&%c3=1", "b=%ED%A0%80"})
  void whatAnOriginMayReadOtherwiseStays(String query) {
    assertThat(ORDER.canonical(query)).isEqualTo(query);
    assertThat(counting().canonical(query)).isEqualTo(query);
  }

  @Test
  void aCredentialAlwaysCounts() {
    String query = "x=1&access%5Ftoken=a&sig=b&token[]=c";
    String counted = "access_token=a&sig=b&token%5B%5D=c";
    assertThat(counting().canonical(query)).isEqualTo(counted);
    assertThat(ignoring("x", "sig").canonical(query)).isEqualTo(counted);
  }

  @Test
  void whatIsTooLongStays() {
    String many = "b=1" + "&a".repeat(SearchVariance.MAX_PARAMETERS - 1);
    assertThat(counting("b").canonical(many)).isEqualTo("b=1");
    assertThat(counting("b").canonical(many + "&a")).isEqualTo(many + "&a");
    String full = "a=" + "x".repeat(SearchVariance.MAX_QUERY_LENGTH - 2);
    assertThat(counting("b").canonical(full)).isNull();
    assertThat(counting("b").canonical(full + "x")).isEqualTo(full + "x");
  }

  @Test
  void isNeverTheDefaultAndNeverTooLarge() {
    assertThatIllegalArgumentException().isThrownBy(SearchVarianceTest::ignoring);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> counting("x".repeat(SearchVariance.MAX_NAMES_LENGTH + 1)));
  }

  @Test
  void isThatOfItsNamesInWhateverOrder() {
    assertThat(ignoring("b", "a", "b")).isEqualTo(ignoring("a", "b"));
    assertThat(ignoring("a")).isNotEqualTo(counting("a"));
    assertThat(ORDER).isNotEqualTo(counting());
  }

  /** An answer lies under the canonical query; who asks for that gets it without another look. */
  @Test
  void theKeyOfTheCanonicalQueryIsThatOfWhoAsksForIt() {
    KeyRecipe recipe =
        new KeyRecipe("", "g", new QueryRule.Exclude(List.of(new Glob("utm_*"))), List.of());
    SearchVariance variance = ignoring("ref");
    CacheKey key = recipe.primary(request("ref=1&utm_x=2&id=7"), null, variance);
    assertThat(key).isEqualTo(recipe.primary(request("id=7"), null));
    assertThat(key).isEqualTo(recipe.primary(request("id=7"), null, variance));
    assertThat(key).isNotEqualTo(recipe.primary(request("id=8"), null, variance));
  }

  @Test
  void thePathsIndexHasAKeyThatNoRequestHas() {
    KeyRecipe recipe = new KeyRecipe("", "g", new QueryRule.All(), List.of());
    CacheKey index = recipe.searches(request("a=1").target(), null);
    assertThat(index).isEqualTo(recipe.searches(request(null).target(), null));
    assertThat(index).isNotEqualTo(recipe.searches(request(null).target(), "tenant"));
    assertThat(index).isNotEqualTo(recipe.primary(request(null), null));
    assertThat(index.target()).isEqualTo(new Target("http", "h", "/p", null));
  }

  private static RequestView request(@Nullable String query) {
    return new RequestView("GET", new Target("http", "h", "/p", query), FieldList.EMPTY, false);
  }

  /** The draft's §6 word by word, on what two queries are made of. */
  private static boolean areEquivalent(SearchVariance variance, String a, String b) {
    return counted(variance, a).equals(counted(variance, b));
  }

  private static List<List<String>> counted(SearchVariance variance, String query) {
    List<List<String>> pairs = new ArrayList<>();
    for (String part : query.split("&")) {
      if (!part.isEmpty()) {
        String[] halves = part.split("=", 2);
        String value = halves.length == 1 ? "" : halves[1];
        pairs.add(List.of(plain(halves[0]), plain(value)));
      }
    }
    boolean wildcard = variance.list() == Names.COUNTED;
    pairs.removeIf(pair -> variance.names().contains(pair.getFirst()) != wildcard);
    if (variance.order() == Order.IGNORED) {
      for (int i = 1; i < pairs.size(); i++) {
        for (int j = i; j > 0 && name(pairs, j).compareTo(name(pairs, j - 1)) < 0; j--) {
          Collections.swap(pairs, j, j - 1);
        }
      }
    }
    return pairs;
  }

  private static String name(List<List<String>> pairs, int at) {
    return pairs.get(at).getFirst();
  }

  private static String plain(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  @Test
  void twoQueriesHaveOneFormExactlyWhereTheyAreEquivalent() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int equal = 0;
    for (int i = 0; i < 100_000; i++) {
      SearchVariance variance = variance(random);
      String a = query(random);
      String b = random.nextBoolean() ? query(random) : shuffled(a, random);
      boolean same = areEquivalent(variance, a, b);
      @Nullable String form = variance.canonical(a);
      String what = "seed %d: %s of %s and %s".formatted(seed, variance, a, b);
      assertThat(String.valueOf(form).equals(String.valueOf(variance.canonical(b))))
          .as(what)
          .isEqualTo(same);
      assertThat(variance.canonical(form)).as(what).isEqualTo(form);
      assertThat(areEquivalent(variance, a, form == null ? "" : form)).as(what).isTrue();
      equal += same ? 1 : 0;
    }
    assertThat(equal).as("seed %d: both happen", seed).isBetween(20_000, 90_000);
  }

  private static final String[] NAMES = {"a", "b", "%61", "a+", "a%20", "", "%C3%A9", "~", "%26"};
  private static final String[] VALUES = {"", "=", "=1", "=%31", "=+", "=%2B", "=%20", "=1=", "=é"};

  private static SearchVariance variance(Random random) {
    Names list = random.nextBoolean() ? Names.IGNORED : Names.COUNTED;
    List<String> names =
        random
            .ints(random.nextInt(3), 0, NAMES.length)
            .mapToObj(i -> SearchVariance.name(NAMES[i]))
            .toList();
    boolean ordered = random.nextBoolean() && !(list == Names.IGNORED && names.isEmpty());
    return new SearchVariance(list, names, ordered ? Order.COUNTS : Order.IGNORED);
  }

  private static String query(Random random) {
    return random
        .ints(random.nextInt(4), 0, NAMES.length)
        .mapToObj(i -> NAMES[i] + VALUES[random.nextInt(VALUES.length)])
        .collect(Collectors.joining(random.nextInt(9) == 0 ? "&&" : "&"));
  }

  private static String shuffled(String query, Random random) {
    List<String> parts = new ArrayList<>(Arrays.asList(query.split("&")));
    Collections.shuffle(parts, random);
    return String.join("&", parts);
  }
}
