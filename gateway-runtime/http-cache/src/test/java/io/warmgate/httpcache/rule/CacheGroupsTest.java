package io.warmgate.httpcache.rule;

import static io.warmgate.httpcache.Messages.TARGET;
import static io.warmgate.httpcache.Messages.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.RequestView.Target;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheGroupsTest {
  private static final String ORIGIN = "https://shop.example.com ";

  private static List<String> tags(String... lines) {
    FieldList.Builder fields = FieldList.builder();
    List.of(lines).forEach(line -> fields.add("Cache-Groups", line));
    return CacheGroups.tags(TARGET, fields.build()).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      value = {
        "\"a\" ; [https://shop.example.com a]",
        "\"a\",  \"B c\" ; [https://shop.example.com a, https://shop.example.com B c]",
        "\"a\", \"a\" ; [https://shop.example.com a]",
        "\"\" ; [https://shop.example.com ]",
        // Parameters are ignored, what is no list of strings is no field.
        "\"a\"~revalidate ; [https://shop.example.com a]",
        "a ; []",
        "\"a\", b ; []",
        "\"a\", 1 ; []",
        "(\"a\") ; []",
        "\"a ; []",
        "\"a\", ; []",
      })
  void groupsAreTagsOfTheOrigin(String field, String tags) {
    assertThat(tags(field.replace('~', ';'))).hasToString(tags);
  }

  @Test
  void everyLineCounts() {
    assertThat(tags("\"a\"", "\"b\"")).containsExactly(ORIGIN + "a", ORIGIN + "b");
    assertThat(tags()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "HTTPS, SHOP.example.com:443, true",
    "https, shop.example.com, true",
    "http, shop.example.com, false",
    "https, shop.example.com:8443, false",
    "https, other.example.com, false",
  })
  void aGroupIsOfOneOriginAlone(String scheme, String authority, boolean same) {
    FieldList fields = FieldList.of("cache-groups", "\"a\"");
    assertThat(
            CacheGroups.tags(new Target(scheme, authority, "/", null), fields)
                .orElseThrow()
                .equals(tags("\"a\"")))
        .isEqualTo(same);
  }

  @Test
  void asManyAndAsLongAsTheLimitsAndNoMore() {
    String longest = "g".repeat(CacheGroups.MAX_LENGTH);
    assertThat(tags('"' + longest + '"')).containsExactly(ORIGIN + longest);
    assertThat(CacheGroups.tags(TARGET, FieldList.of("cache-groups", '"' + longest + "x\"")))
        .isEmpty();
    assertThat(tags(members(CacheGroups.MAX_GROUPS))).hasSize(CacheGroups.MAX_GROUPS);
    assertThat(
            CacheGroups.tags(
                TARGET, FieldList.of("cache-groups", members(CacheGroups.MAX_GROUPS + 1))))
        .isEmpty();
  }

  private static String members(int count) {
    return IntStream.range(0, count).mapToObj(i -> "\"" + i + '"').collect(Collectors.joining(","));
  }

  @ParameterizedTest
  @CsvSource({
    "POST, 200, true",
    "UNKNOWN, 302, true",
    "DELETE, 204, true",
    "GET, 200, false",
    "HEAD, 200, false",
    "OPTIONS, 200, false",
    "TRACE, 200, false",
    "POST, 404, false",
    "POST, 500, false",
  })
  void onlyWhatChangedSomethingInvalidates(String method, int status, boolean invalidates) {
    FieldList response = FieldList.of("cache-group-invalidation", "\"a\", \"b\";p");
    assertThat(CacheGroups.invalidated(request(method), status, response))
        .isEqualTo(invalidates ? List.of(ORIGIN + "a", ORIGIN + "b") : List.of());
  }

  @Test
  void anInvalidationNamesEveryGroupHoweverMany() {
    assertThat(
            CacheGroups.invalidated(
                request("POST"), 200, FieldList.of("cache-group-invalidation", members(100))))
        .hasSize(100);
    assertThat(CacheGroups.invalidated(request("POST"), 200, FieldList.of("cache-groups", "\"a\"")))
        .isEmpty();
  }
}
