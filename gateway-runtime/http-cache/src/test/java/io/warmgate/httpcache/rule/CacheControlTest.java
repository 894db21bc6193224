package io.warmgate.httpcache.rule;

import static io.warmgate.httpcache.Messages.fields;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.httpcache.FieldList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheControlTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      value = {
        "max-age=60 ; 60",
        "MAX-AGE=60 ; 60",
        "max-age=\"60\" ; 60",
        "max-age=060 ; 60",
        "max-age=0 ; 0",
        "max-age=2147483647 ; 2147483647",
        "max-age=2147483648 ; 2147483648",
        "max-age=2147483649 ; 2147483648",
        "max-age=9223372036854775808 ; 2147483648",
        "max-age=99999999999999999999999999999999 ; 2147483648",
        // Invalid freshness information is stale.
        "max-age= ; 0",
        "max-age ; 0",
        "max-age=-1 ; 0",
        "max-age=1.5 ; 0",
        "max-age=60s ; 0",
        "max-age='60' ; 0",
        "max-age=\"60 ; 0",
        "max-age=\"60\"1 ; 0",
        "max-age = 60 ; 0",
        "max-age=٦٠ ; 0",
        // Twice: the least.
        "max-age=60, max-age=10 ; 10",
        "max-age=10, max-age=60 ; 10",
        "max-age=60, max-age=x ; 0",
        // In a quoted string there is no directive.
        "ext=\"max-age=5\", max-age=60 ; 60",
        "ext=\"a, max-age=5\", max-age=60 ; 60",
        "ext=\"a\\\", max-age=5\", max-age=60 ; 60",
        ",, max-age=60 ,, ; 60",
        "xmax-age=60 ; -1",
        "public ; -1",
      })
  void maxAge(String value, long seconds) {
    assertThat(CacheControl.response(FieldList.of("Cache-Control", value)).maxAge())
        .isEqualTo(seconds);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      value = {
        "no-cache ; true ; []",
        "no-cache=\"a\" ; false ; [a]",
        "no-cache=\"A, b\" ; false ; [a, b]",
        "no-cache=a ; false ; [a]",
        "no-cache=\"a\", no-cache ; true ; [a]",
        "no-cache=\"\" ; true ; []",
        "no-cache=\"a b\" ; true ; []",
        "no-cache=\"a ; true ; []",
        "no-cache=\"a\\b\" ; false ; [ab]",
        "no-cache=\"a\\\" ; true ; []",
        "no-cache=\"a\\ ; true ; []",
        "no-cache=\"azAZ09!#$%&'*+-.^_`|~\" ; false ; [azaz09!#$%&'*+-.^_`|~]",
        "no-cache=\"a{\" ; true ; []",
        "no-cache=\"a@\" ; true ; []",
        "no-cache=\"a[\" ; true ; []",
        "no-cache=\"a/\" ; true ; []",
        "no-cache=\"a:\" ; true ; []",
      })
  void noCacheIsAboutTheResponseUnlessItNamesFields(String value, boolean all, String named) {
    CacheControl.Response directives = CacheControl.response(FieldList.of("cache-control", value));
    assertThat(directives.has(CacheControl.Flag.NO_CACHE)).isEqualTo(all);
    assertThat(directives.noCacheFields()).hasToString(named);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "cache-control: max-age=5 | cache-control: no-store ; [NO_STORE] ; 5",
        "cache-control: PRIVATE,must-revalidate ; [PRIVATE, MUST_REVALIDATE] ; -1",
        "cache-control: proxy-revalidate, must-understand ; [PROXY_REVALIDATE, MUST_UNDERSTAND];-1",
        "expires: 0 ; [] ; -1",
      })
  void allFieldLinesCount(String response, String flags, long maxAge) {
    CacheControl.Response directives = CacheControl.response(FieldList.of(fields(response)));
    assertThat(directives.flags()).hasToString(flags);
    assertThat(directives.maxAge()).isEqualTo(maxAge);
  }

  @Test
  void aRequestsUnreadableNumbersAreAbsent() {
    CacheControl.Request directives =
        CacheControl.request(
            FieldList.of("cache-control", "max-age=x, min-fresh=, max-stale=-1, only-if-cached"));
    assertThat(directives)
        .isEqualTo(
            new CacheControl.Request(
                java.util.Set.of(CacheControl.Flag.ONLY_IF_CACHED), -1, -1, -1, -1));
  }

  @Test
  void pragmaCountsWhereNothingNewerIsSaid() {
    assertThat(CacheControl.request(FieldList.of("pragma", "x, No-Cache")).flags())
        .containsExactly(CacheControl.Flag.NO_CACHE);
    assertThat(
            CacheControl.request(FieldList.of("pragma", "no-cache", "cache-control", "x")).flags())
        .isEmpty();
  }

  @Test
  void maxStaleWithoutAValueAcceptsAnyStaleness() {
    assertThat(CacheControl.request(FieldList.of("cache-control", "max-stale")).maxStale())
        .isEqualTo(Long.MAX_VALUE);
    assertThat(CacheControl.request(FieldList.of("cache-control", "max-stale=5")).maxStale())
        .isEqualTo(5);
  }
}
