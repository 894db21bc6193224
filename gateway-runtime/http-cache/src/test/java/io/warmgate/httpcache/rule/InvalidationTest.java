package io.warmgate.httpcache.rule;

import static io.warmgate.httpcache.Messages.fields;
import static io.warmgate.httpcache.Messages.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.RequestView;
import io.warmgate.httpcache.RequestView.Target;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InvalidationTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "POST ; 200 ; x: y ; /p?a=1&b=2",
        "PATCH ; 302 ; x: y ; /p?a=1&b=2",
        "UNKNOWN ; 204 ; x: y ; /p?a=1&b=2",
        "POST ; 199 ; x: y ;",
        "POST ; 399 ; x: y ; /p?a=1&b=2",
        "POST ; 400 ; x: y ;",
        "POST ; 500 ; x: y ;",
        "GET ; 200 ; location: /q ;",
        "HEAD ; 200 ; location: /q ;",
        "OPTIONS ; 200 ; location: /q ;",
        "PUT ; 201 ; location: /q ; /p?a=1&b=2 /q",
        "PUT ; 201 ; location: q?x ; /p?a=1&b=2 /q?x",
        "PUT ; 201 ; location: https://shop.example.com/q ; /p?a=1&b=2 /q",
        "PUT ; 201 ; location: HTTPS://SHOP.example.com:443/q ; /p?a=1&b=2 /q",
        "PUT ; 201 ; location: https://shop.example.com ; /p?a=1&b=2 /",
        "PUT ; 201 ; location: https://other.example.com/q ; /p?a=1&b=2",
        "PUT ; 201 ; location: http://shop.example.com/q ; /p?a=1&b=2",
        "PUT ; 201 ; location: //other/q ; /p?a=1&b=2",
        "PUT ; 201 ; location: %%% ; /p?a=1&b=2",
        "PUT ; 201 ; location: mailto:a@b ; /p?a=1&b=2",
        "PUT ; 201 ; location: /q | content-location: /r ; /p?a=1&b=2 /q /r",
      })
  void unsafeMethodsInvalidate(
      String method, int status, String response, @Nullable String invalidated) {
    Set<Target> targets =
        Invalidation.targets(request(method), status, FieldList.of(fields(response)));
    assertThat(
            targets.stream()
                .map(t -> t.path() + (t.query() == null ? "" : "?" + t.query()))
                .toList())
        .containsExactly(invalidated == null ? new String[0] : invalidated.split(" "));
  }

  @Test
  void aTargetThatIsNoUriStillIsInvalidated() {
    RequestView request =
        new RequestView("POST", new Target("http", "h", "/a|b", null), FieldList.EMPTY, false);
    assertThat(Invalidation.targets(request, 200, FieldList.of("location", "/q")))
        .containsExactly(request.target());
  }
}
