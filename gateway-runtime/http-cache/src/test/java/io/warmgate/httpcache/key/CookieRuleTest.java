package io.warmgate.httpcache.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.RequestView;
import io.warmgate.httpcache.RequestView.Target;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CookieRuleTest {
  private static final CookieRule RULE =
      new CookieRule(List.of("tier", "lang"), List.of(new Glob("_ga*"), new Glob("theme")));

  /**
   * @param cookies lines of the field between bars
   */
  private static FieldList request(@Nullable String cookies) {
    FieldList.Builder fields = FieldList.builder();
    if (cookies != null) {
      Stream.of(cookies.split("\\|", -1)).forEach(line -> fields.add("Cookie", line.strip()));
    }
    return fields.build();
  }

  private static CacheKey key(@Nullable String cookies) {
    return new KeyRecipe("", "g", new QueryRule.All(), List.of(), RULE)
        .primary(
            new RequestView("GET", new Target("http", "h", "/", null), request(cookies), false),
            null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '\0',
      value = {
        "! false",
        "tier=gold ! false",
        "_ga=1 ! false",
        "_ga_X2=1; theme=dark; tier=gold ! false",
        "tier=gold | lang=de ! false",
        "session=1 ! true",
        "tier=gold; session=1 ! true",
        "tier=gold | session=1 ! true",
        "Theme=dark ! true",
        "tier ! true",
        "=1 ! true",
        // What an origin could read otherwise.
        "TIER=gold ! true",
        "_ga=1, tier=gold ! true",
        "_ga=\"1; tier=gold\" ! true",
        "_ga%3d=1 ! true",
        "_ga=1\\; tier=gold ! true",
        "_ga=\u00e4 ! true",
      })
  void personal(@Nullable String cookies, boolean personal) {
    assertThat(RULE.isPersonal(request(cookies))).isEqualTo(personal);
  }

  @Test
  void withoutARuleEveryCookieIsPersonal() {
    assertThat(CookieRule.NONE.isPersonal(request("_ga=1"))).isTrue();
    assertThat(CookieRule.NONE.isPersonal(request(null))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '\0',
      value = {
        // one ! another ! same key
        "! _ga=1 ! true",
        "! session=1 ! true",
        "tier=gold ! _ga=1; tier=gold; session=2 ! true",
        "tier=gold; lang=de ! lang=de; tier=gold ! true",
        "tier=gold | lang=de ! tier=gold;lang=de ! true",
        "tier=gold ! tier =gold ! true",
        "tier=gold ! tier=free ! false",
        "tier=gold ! tier= gold ! false",
        "tier=gold ! tier=gold; tier=free ! false",
        "tier=gold; tier=free ! tier=free; tier=gold ! false",
        "tier= ! ! false",
        "tier=de ! lang=de ! false",
        // A hidden one is not the same as none.
        "! TIER=gold ! false",
        "! _ga=1, tier=gold ! false",
        "! _ga=\"1; tier=gold\" ! false",
        "! x.y=1 ! false",
        "TIER=gold ! TIER=free ! false",
      })
  void keyed(@Nullable String one, @Nullable String another, boolean same) {
    assertThat(key(one).equals(key(another))).isEqualTo(same);
  }

  /** So that no policy without cookies gets other keys. */
  @Test
  void aRuleWithoutKeyedCookiesAddsNothing() {
    RequestView request =
        new RequestView("GET", new Target("http", "h", "/", null), request("tier=gold"), false);
    assertThat(
            new KeyRecipe(
                    "",
                    "g",
                    new QueryRule.All(),
                    List.of(),
                    new CookieRule(List.of(), List.of(new Glob("*"))))
                .primary(request, null))
        .isEqualTo(new KeyRecipe("", "g", new QueryRule.All(), List.of()).primary(request, null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '\0',
      nullValues = "-",
      value = {
        "- ! -",
        "_ga=1 ! -",
        "_ga=1; session=2 ! session=2",
        "session=2; tier=gold; theme=x ! session=2; tier=gold",
        "_ga=1, session=2 ! _ga=1, session=2",
      })
  void whatVaryCookieSelectsBy(@Nullable String cookies, @Nullable String selecting) {
    assertThat(RULE.selecting(request(cookies)).first("cookie")).isEqualTo(selecting);
    assertThat(RULE.selecting(request(cookies)).contains("COOKIE")).isEqualTo(selecting != null);
  }

  @Test
  void theKeyedCookiesAreShown() {
    assertThat(RULE.shown(request("tier=gold; session=1 | lang=de; tier=new")))
        .containsExactly(Map.entry("lang", "de"), Map.entry("tier", "gold, new"));
    assertThat(RULE.shown(request(null))).isEmpty();
  }
}
