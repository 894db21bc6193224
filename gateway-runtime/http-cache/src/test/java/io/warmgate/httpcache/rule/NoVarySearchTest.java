package io.warmgate.httpcache.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.key.SearchVariance;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NoVarySearchTest {
  private static Optional<SearchVariance> of(String... lines) {
    FieldList.Builder fields = FieldList.builder();
    List.of(lines).forEach(line -> fields.add("No-Vary-Search", line));
    return NoVarySearch.of(fields.build());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        // field | what it comes to
        "key-order | key-order",
        "params | params",
        "params=(\"a\") | params=(\"a\")",
        "params=(\"b\" \"a\" \"b\") | params=(\"a\" \"b\")",
        "params, except=(\"x\") | params, except=(\"x\")",
        "params, except=() | params",
        // "valid, but somewhat unconventional"
        "params=?1 | params",
        "key-order=?1 | key-order",
        "params, key-order, except=(\"x\") | key-order, params, except=(\"x\")",
        "key-order, params=?0 | key-order",
        "key-order, params=() | key-order",
        // Of a key that is there twice the last counts; what is not known is ignored.
        "params=(\"a\"), params=(\"b\") | params=(\"b\")",
        "params=(\"a\"), later=(1 2) | params=(\"a\")",
        "params=(\"a\";x \"b\");y | params=(\"a\" \"b\")",
        // Names are written as in forms.
        "params=(\"%C3%A9+%E6%B0%97\") | params=(\"%C3%A9+%E6%B0%97\")",
        "params=(\"a%62\" \"a+b\") | params=(\"a+b\" \"ab\")",
        "params=(\"100%\") | params=(\"100%25\")",
        "params=(\"\") | params=(\"\")",
      })
  void whatAnAnswerSays(String field, String variance) {
    assertThat(of(field).map(SearchVariance::toString)).contains(variance);
    assertThat(of(variance)).as("reads what it writes").isEqualTo(of(field));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // The draft's examples.
        "unknown-key",
        "key-order=\"not a boolean\"",
        "params=\"not a boolean or inner list\"",
        "params=(not-a-string)",
        "params=(\"a\"), except=(\"x\")",
        "params=(), except=()",
        "params=?0, except=(\"x\")",
        "params, except=(not-a-string)",
        "params, except=\"not an inner list\"",
        "params, except=?1",
        "except=(\"x\")",
        "except=()",
        "params=?0",
        "params=()",
        "key-order=?0",
        // One member is wrong: none counts.
        "key-order, params=1",
        "key-order=1, params",
        "key-order=(), params",
        "params=(\"a\" 1)",
        "params=(\"a\"), key-order=?2",
        // No dictionary at all.
        "",
        "params,",
        "Params",
        "params=(\"a\"",
        "params=(\"a\"\"b\")",
        "params=(\"\u00e9\")",
        "params key-order",
        "\"params\"",
      })
  void whatIsWrongIsNoField(String field) {
    assertThat(of(field)).isEmpty();
  }

  @Test
  void everyLineCountsAndNoLineIsNoField() {
    assertThat(of("key-order", "params=(\"a\")")).isEqualTo(of("key-order, params=(\"a\")"));
    assertThat(of("key-order", "params=")).isEmpty();
    assertThat(of()).isEmpty();
  }

  @Test
  void moreThanIsRememberedIsNoField() {
    assertThat(of(names(SearchVariance.MAX_NAMES, 1))).isPresent();
    assertThat(of(names(SearchVariance.MAX_NAMES + 1, 1))).isEmpty();
    assertThat(of(names(2, SearchVariance.MAX_NAMES_LENGTH / 2))).isPresent();
    assertThat(of(names(2, SearchVariance.MAX_NAMES_LENGTH / 2 + 1))).isEmpty();
  }

  private static String names(int count, int length) {
    return IntStream.range(0, count)
        .mapToObj(i -> '"' + String.valueOf((char) ('0' + i % 75)).replaceAll("[\\\\%+]", "a"))
        .map(name -> name + "x".repeat(length - 1) + '"')
        .collect(Collectors.joining(" ", "params, except=(", ")"));
  }
}
