package io.warmgate.httpcache.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warmgate.httpcache.Bytes;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.RequestView;
import io.warmgate.httpcache.RequestView.Target;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRecipeTest {
  private static final KeyRecipe RECIPE =
      new KeyRecipe("e1", "g1", new QueryRule.All(), List.of("Accept-Language"));

  private static RequestView get(
      String scheme, String authority, String path, @Nullable String query, String... fields) {
    return new RequestView(
        "GET", new Target(scheme, authority, path, query), FieldList.of(fields), false);
  }

  private static final RequestView BASE = get("https", "h", "/p", "a=1");

  /** So that no refactoring empties every cache unseen: this is key format 1. */
  @Test
  void theKeyOfARequestStaysTheSame() {
    assertThat(RECIPE.primary(BASE, null).hex())
        .isEqualTo("224ea0c4f24f766bdcc327b714ed55140994b4e328124ef15ef98ecf7382f4ed");
  }

  @ParameterizedTest
  @CsvSource({"https, h, /p", "http, h:8080, /", "https, '[::1]:8443', /a/ü/€/\uD83D\uDE00/b"})
  void whatWasAskedForCanBeReadBack(String scheme, String authority, String path) {
    CacheKey key =
        RECIPE.primary(get(scheme, authority, path, "a=1", "accept-language", "de"), "x");
    Target asked = new Target(scheme, authority, path, null);
    assertThat(key.target()).isEqualTo(asked);
    assertThat(key.variant(List.of("cookie"), FieldList.of("cookie", "a=b")).target())
        .isEqualTo(asked);
    assertThat(RECIPE.primary(BASE, null).target().path()).isEqualTo("/p");
  }

  /** Whatever is made of a key is whose the key is. */
  @Test
  void itSaysWhoseItIs() {
    FieldList cookie = FieldList.of("cookie", "a=b");
    CacheKey mine = RECIPE.primary(BASE, "m\u00efne");
    CacheKey everybodys = RECIPE.primary(BASE, null);
    for (CacheKey key :
        List.of(
            mine,
            mine.variant(List.of("cookie"), cookie),
            mine.ofParts(),
            mine.ofContent("POST", List.of(), cookie, Bytes.of(new byte[] {1})),
            mine.ofQuestion(Bytes.of(new byte[] {1})),
            RECIPE.searches(BASE.target(), "m\u00efne"))) {
      assertThat(key.partition()).isEqualTo("m\u00efne");
      assertThat(key.isPartitioned()).isTrue();
    }
    assertThat(everybodys.partition()).isNull();
    assertThat(everybodys.isPartitioned()).isFalse();
    assertThat(everybodys.ofParts().isPartitioned()).isFalse();
    assertThat(RECIPE.primary(BASE, "").partition()).as("not to be taken for none").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 20, 35})
  void whatIsCutIsNoKey(int length) {
    byte[] whole = RECIPE.primary(BASE, null).material().array();
    CacheKey cut = new CacheKey(Bytes.of(Arrays.copyOf(whole, length)));
    assertThatThrownBy(cut::target).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void eachPartCounts() {
    CacheKey key = RECIPE.primary(BASE, null);
    List<CacheKey> others =
        List.of(
            RECIPE.primary(get("http", "h", "/p", "a=1"), null),
            RECIPE.primary(get("https", "h:8443", "/p", "a=1"), null),
            RECIPE.primary(get("https", "h", "/P", "a=1"), null),
            RECIPE.primary(get("https", "h", "/p", "a=2"), null),
            RECIPE.primary(get("https", "h", "/p", ""), null),
            RECIPE.primary(get("https", "h", "/p", null), null),
            RECIPE.primary(get("https", "h", "/pa=1", null), null),
            RECIPE.primary(get("https", "h", "/p", "a=1", "accept-language", "de"), null),
            RECIPE.primary(get("https", "h", "/p", "a=1", "accept-language", ""), null),
            RECIPE.primary(BASE, "tenant"),
            RECIPE.primary(BASE, ""),
            new KeyRecipe("e2", "g1", new QueryRule.All(), List.of("accept-language"))
                .primary(BASE, null),
            new KeyRecipe("e1", "g2", new QueryRule.All(), List.of("accept-language"))
                .primary(BASE, null),
            new KeyRecipe("e1", "g1", new QueryRule.All(), List.of()).primary(BASE, null));
    assertThat(others).doesNotContain(key).doesNotHaveDuplicates();
    assertThat(others.stream().map(CacheKey::hex)).doesNotHaveDuplicates();
  }

  @Test
  void caseOfHostAndSchemeAndHeadDoNotCount() {
    CacheKey key = RECIPE.primary(BASE, null);
    assertThat(RECIPE.primary(get("HTTPS", "H", "/p", "a=1"), null)).isEqualTo(key);
    RequestView head = new RequestView("HEAD", BASE.target(), BASE.fields(), false);
    assertThat(RECIPE.primary(head, null)).isEqualTo(key).hasSameHashCodeAs(key);
    assertThat(RECIPE.primary(head, null)).isEqualByComparingTo(key);
    RequestView post = new RequestView("POST", BASE.target(), BASE.fields(), false);
    assertThatThrownBy(() -> RECIPE.primary(post, null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void variantsDifferByTheirSelectingFields() {
    CacheKey key = RECIPE.primary(BASE, null);
    FieldList gzip = FieldList.of("Accept-Encoding", "gzip, br");
    CacheKey variant = key.variant(List.of("accept-encoding"), gzip);
    assertThat(variant)
        .isNotEqualTo(key)
        .isEqualTo(
            key.variant(
                List.of("accept-encoding"),
                FieldList.of("accept-encoding", "br", "accept-encoding", "gzip")))
        .isNotEqualTo(key.variant(List.of("accept-encoding"), FieldList.EMPTY))
        .isNotEqualTo(key.variant(List.of("accept-encoding", "x"), gzip));
    assertThat(key.variant(List.of("x"), FieldList.of("x", "")))
        .isNotEqualTo(key.variant(List.of("x"), FieldList.EMPTY));
    assertThat(key.variant(List.of(), gzip)).isSameAs(key);
    assertThat(variant.id()).isNotEqualTo(key.id());
  }

  @Test
  void noTwoRequestsHaveOneKey() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Map<CacheKey, RequestView> seen = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      RequestView request =
          get("http", text(random), "/" + text(random), random.nextBoolean() ? null : text(random));
      @Nullable RequestView other = seen.put(RECIPE.primary(request, null), request);
      if (other != null) {
        assertThat(other.target()).as("seed %d", seed).isEqualTo(request.target());
      }
    }
  }

  private static String text(Random random) {
    String alphabet = "a\u0000\u0001/?\u00e4\u20ac\ud800\udc00";
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      nullValues = "-",
      emptyValue = "",
      value = {
        // rule, query, kept
        "all utm_a=1 utm_a=1",
        "all - -",
        "exclude - -",
        "exclude utm_a=1 -",
        "exclude a=1&utm_a=1&b=2 a=1&b=2",
        "exclude utm_a=1&b=2 b=2",
        "exclude b=2&utm_a b=2",
        "exclude utm%5Fa=1 -",
        "exclude utm%5fa=1&c=%zz c=%zz",
        "exclude utm%zz=1 utm%zz=1",
        "exclude utm_a=1;b=2 utm_a=1;b=2",
        "exclude utm_%ff=1 utm_%ff=1",
        "exclude b=2&a=1 b=2&a=1",
        "exclude a=1&&b=2 a=1&&b=2",
        "exclude a=utm_a=1 a=utm_a=1",
        "include id=1&x=2 id=1",
        "include x=2 -",
        "include %69d=1 %69d=1",
        "include x;id=1 x;id=1",
        "include x%=1 x%=1",
        "include id=2&id=1 id=2&id=1",
      })
  void keptQuery(String rule, @Nullable String query, @Nullable String kept) {
    QueryRule it =
        switch (rule) {
          case "all" -> new QueryRule.All();
          case "include" -> new QueryRule.Include(List.of(new Glob("id")));
          default -> new QueryRule.Exclude(List.of(new Glob("utm_*")));
        };
    assertThat(it.kept(query)).isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource({
    "a, a, true",
    "a, b, false",
    "a, ab, false",
    "a*, a, true",
    "a*, abc, true",
    "*a, ba, true",
    "*a, bab, false",
    "*a*b, xaxbxb, true",
    "a*b*c, abbbc, true",
    "a*b*c, abbb, false",
    "*, '', true",
    "a, '', false",
    "a.c, abc, false",
  })
  void glob(String pattern, String name, boolean matches) {
    assertThat(new Glob(pattern).matches(name)).isEqualTo(matches);
  }
}
