package io.warmgate.httpcache.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.RequestView;
import io.warmgate.httpcache.RequestView.Target;
import io.warmgate.httpcache.rule.RequestCondition.Part;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestConditionTest {
  private static final RequestView REQUEST =
      new RequestView(
          "GET",
          new Target("http", "h", "/", "debug=1&q=a+b&empty&%70=%31&r=1&r=2"),
          FieldList.of(
              "X-Preview", " yes ", "cookie", "a=1; session=abc", "x-two", "1", "X-Two", "2"),
          false);

  @ParameterizedTest
  @CsvSource({
    "HEADER, x-preview, , true",
    "HEADER, X-Preview, yes, true",
    "HEADER, X-Preview, YES, false",
    "HEADER, x-two, 2, true",
    "HEADER, x-three, , false",
    "QUERY, debug, , true",
    "QUERY, debug, 1, true",
    "QUERY, debug, 2, false",
    "QUERY, Debug, , false",
    "QUERY, q, a b, true",
    "QUERY, empty, , true",
    "QUERY, empty, '', true",
    "QUERY, p, 1, true",
    "QUERY, r, 2, true",
    "QUERY, x, , false",
    "COOKIE, session, , true",
    "COOKIE, session, abc, true",
    "COOKIE, session, ab, false",
    "COOKIE, Session, , false",
    "COOKIE, b, , false",
  })
  void holds(Part part, String name, @Nullable String value, boolean holds) {
    assertThat(new RequestCondition(part, name, value).holds(REQUEST)).isEqualTo(holds);
  }

  @ParameterizedTest
  @CsvSource({"HEADER", "QUERY", "COOKIE"})
  void aRequestWithNothingHasNothing(Part part) {
    RequestView bare =
        new RequestView("GET", new Target("http", "h", "/", null), FieldList.EMPTY, false);
    assertThat(new RequestCondition(part, "x", null).holds(bare)).isFalse();
  }
}
