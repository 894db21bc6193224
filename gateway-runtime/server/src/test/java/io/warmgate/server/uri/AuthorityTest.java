package io.warmgate.server.uri;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorityTest {

  @ParameterizedTest
  @CsvSource({
    "Shop.Example.com, http, shop.example.com, -1",
    "a:80, http, a, -1",
    "a:80, https, a, 80",
    "a:443, https, a, -1",
    "a:8080, http, a, 8080",
    "a:, http, a, -1",
    "a.b., http, a.b, -1",
    "10.0.0.1:81, http, 10.0.0.1, 81",
    "[::1]:81, http, [::1], 81",
    "[2001:DB8::1], http, [2001:db8::1], -1",
  })
  void reads(String text, String scheme, String host, int port) {
    assertThat(Authority.parse(text, scheme)).isEqualTo(new Authority(host, port));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "a..b",
        ".a",
        "a b",
        "u@a",
        "a/b",
        "a:x",
        "a:0",
        "a:65536",
        "a:123456",
        "a:1:2",
        "[::1",
        "[]",
        "[x::]",
        "ä",
        "a,b",
        "a%20",
        "::1"
      })
  void refuses(String text) {
    assertThat(Authority.parse(text, "http")).isNull();
  }

  @Test
  void queriesAreReadByFirstValue() {
    assertThat(Query.first("a=1&b=2&a=3", "a")).isEqualTo("1");
    assertThat(Query.first("a=1&b%5B%5D=x%20y", "b[]")).isEqualTo("x y");
    assertThat(Query.first("a", "a")).isEmpty();
    assertThat(Query.first("aa=1", "a")).isNull();
    assertThat(Query.first("a=%zz+", "a")).isEqualTo("%zz+");
    assertThat(Query.first(null, "a")).isNull();
  }
}
