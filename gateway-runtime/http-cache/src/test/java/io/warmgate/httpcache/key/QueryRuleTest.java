package io.warmgate.httpcache.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The edges of names and parameters. */
class QueryRuleTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      nullValues = "-",
      emptyValue = "",
      value = {
        // query, kept where a and "b c" and \u00e4 are left out
        "a -",
        "a= -",
        "a=1 -",
        "&a=1 ''",
        "a=1& ''",
        "& &",
        "x&a x",
        "a&x x",
        "a;x a;x",
        ";a ;a",
        "a=1;x&a a=1;x",
        "x=1&a;b=2 x=1&a;b=2",
        "a&x;y x;y",
        "=a =a",
        "x=a x=a",
        "aa=1 aa=1",
        "b+c=1 -",
        "b%20c=1 -",
        "b%2bc=1 b%2bc=1",
        "%61=1 -",
        "%61 -",
        "%6 %6",
        "% %",
        "%6g %6g",
        "%g1 %g1",
        "x%61 x%61",
        "%c3%a4=1 -",
        "\u00e4=1 -",
        "%c3=1 %c3=1",
        "%61%=1 %61%=1",
      })
  void exclude(String query, @Nullable String kept) {
    QueryRule rule =
        new QueryRule.Exclude(List.of(new Glob("a"), new Glob("b c"), new Glob("\u00e4")));
    assertThat(rule.kept(query)).isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      nullValues = "-",
      emptyValue = "",
      value = {
        "a=1&x=2 a=1",
        "x=2&a=1&y a=1",
        "'' ''",
        "- -",
        "x=2 -",
        "%zz=1&a %zz=1&a",
        "%ff=1&a&b %ff=1&a",
      })
  void include(@Nullable String query, @Nullable String kept) {
    QueryRule rule = new QueryRule.Include(List.of(new Glob("a")));
    assertThat(rule.kept(query)).isEqualTo(kept);
  }

  @Test
  void namesMayHaveAnyCharacter() {
    QueryRule rule = new QueryRule.Exclude(List.of(new Glob("\u0010"), new Glob("\u0001")));
    assertThat(rule.kept("%10=1&x=1")).isEqualTo("x=1");
    assertThat(rule.kept("%01=1&x=1")).isEqualTo("x=1");
    assertThat(new QueryRule.Exclude(List.of(new Glob("*"))).kept("a&;b&c")).isEqualTo(";b");
  }
}
