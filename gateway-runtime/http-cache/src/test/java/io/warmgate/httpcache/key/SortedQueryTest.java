package io.warmgate.httpcache.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SortedQueryTest {
  private static final QueryRule RULE =
      new QueryRule.Sorted(new QueryRule.Exclude(List.of(new Glob("utm_*"))));

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      nullValues = "-",
      quoteCharacter = '\0',
      value = {
        // query, kept
        "- -",
        "b=2 b=2",
        "b=2&a=1 a=1&b=2",
        "b=2&utm_x=1&a=1 a=1&b=2",
        "utm_x=1 -",
        // Of one name, the order may mean something.
        "b=2&a=2&b=1&a=1 a=2&a=1&b=2&b=1",
        "b&a&c=%zz a&b&c=%zz",
        "b=1&%61=2 %61=2&b=1",
        "b=1&&a=1 &a=1&b=1",
        // What somebody may read otherwise stays.
        "b=1;c=1&a=1 b=1;c=1&a=1",
        "b=1&%zz=1&a=1 b=1&%zz=1&a=1",
      })
  void byName(@Nullable String query, @Nullable String kept) {
    assertThat(RULE.kept(query)).isEqualTo(kept);
  }
}
