package io.warmgate.httpcache.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.httpcache.FieldList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagRuleTest {
  private static final TagRule RULE =
      new TagRule(List.of("Surrogate-Key", "Cache-Tag"), List.of("catalog"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      value = {
        "surrogate-key | a b | catalog a b",
        "surrogate-key | '  a   b ' | catalog a b",
        "cache-tag | a,b, c | catalog a b c",
        "cache-tag | ',,' | catalog",
        "cache-tag | catalog,A,a,a | catalog A a",
        "other | a | catalog",
      })
  void namesStandBetweenSpacesAndCommas(String field, String value, String tags) {
    assertThat(RULE.tags(FieldList.of(field, value)))
        .hasValueSatisfying(found -> assertThat(String.join(" ", found)).isEqualTo(tags));
  }

  @Test
  void withoutFieldsOnlyTheFixedOnesAre() {
    assertThat(new TagRule(List.of(), List.of("a")).tags(FieldList.of("surrogate-key", "b")))
        .hasValue(List.of("a"));
    assertThat(TagRule.NONE.tags(FieldList.of("surrogate-key", "b"))).hasValue(List.of());
    assertThat(RULE.fields()).containsExactly("surrogate-key", "cache-tag");
  }

  @Test
  void everyLineOfEveryFieldCounts() {
    FieldList stored = FieldList.of("cache-tag", "a", "surrogate-key", "b", "Cache-Tag", "c");
    assertThat(RULE.tags(stored)).hasValue(List.of("catalog", "b", "a", "c"));
  }

  @Test
  void tooManyOrTooLongIsNoAnswerToKeep() {
    String most = names(TagRule.MAX_TAGS - 1);
    assertThat(RULE.tags(FieldList.of("cache-tag", most))).isPresent();
    assertThat(RULE.tags(FieldList.of("cache-tag", most, "cache-tag", most))).isPresent();
    assertThat(RULE.tags(FieldList.of("cache-tag", most + ",one"))).isEmpty();
    assertThat(RULE.tags(FieldList.of("cache-tag", "x".repeat(TagRule.MAX_LENGTH)))).isPresent();
    assertThat(RULE.tags(FieldList.of("cache-tag", "x".repeat(TagRule.MAX_LENGTH + 1)))).isEmpty();
  }

  private static String names(int count) {
    return IntStream.range(0, count).mapToObj(i -> "t" + i).collect(Collectors.joining(","));
  }
}
