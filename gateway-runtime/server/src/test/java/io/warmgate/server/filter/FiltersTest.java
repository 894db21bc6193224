package io.warmgate.server.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.MultiMap;
import io.warmgate.config.ConfigException;
import io.warmgate.config.Filter;
import io.warmgate.config.Filter.PathModifier;
import io.warmgate.config.Listener;
import io.warmgate.server.uri.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Filters, as Gateway API and the Fetch standard define them. */
class FiltersTest {

  /** The table in Gateway API's HTTPPathModifier.ReplacePrefixMatch. */
  @ParameterizedTest
  @CsvSource({
    "/foo/bar, /foo, /xyz, /xyz/bar",
    "/foo/bar, /foo, /xyz/, /xyz/bar",
    "/foo, /foo, /xyz, /xyz",
    "/foo/, /foo, /xyz, /xyz/",
    "/foo/bar, /foo, '', /bar",
    "/foo/, /foo, '', /",
    "/foo, /foo, '', /",
    "/foo/, /foo, /, /",
    "/foo, /foo, /, /",
    "/bar, '', /xyz, /xyz/bar",
  })
  void replacesPrefixes(String path, String prefix, String replacement, String result) {
    PathModifier modifier = new PathModifier(PathModifier.Type.PREFIX, replacement);
    assertThat(PathChange.apply(modifier, path, prefix)).isEqualTo(result);
  }

  @ParameterizedTest
  @CsvSource({
    ",,, http://a:8080/x?q",
    "https,,, https://a/x?q",
    ",b,, http://b:8080/x?q",
    "https,b,8443, https://b:8443/x?q",
    ",,80, http://a/x?q",
  })
  void redirects(
      @Nullable String scheme, @Nullable String host, @Nullable Integer port, String location) {
    Listener listener =
        new Listener("http", 8080, 8080, Listener.Protocol.HTTP, null, null, List.of());
    Filter.RequestRedirect redirect = new Filter.RequestRedirect(scheme, host, null, port, 302);
    Target target = new Target("http", "a", 1234, "/x", "q");
    assertThat(Redirects.location(redirect, listener, target, "")).isEqualTo(location);
  }

  private static CorsFilter cors(boolean credentials, String... origins) {
    return new CorsFilter(
        new Filter.Cors(
            List.of(origins), List.of("GET"), List.of("*"), List.of("x-a"), credentials, 60));
  }

  private static MultiMap headers(String... pairs) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    for (int i = 0; i < pairs.length; i += 2) {
      headers.add(pairs[i], pairs[i + 1]);
    }
    return headers;
  }

  @ParameterizedTest
  @CsvSource({
    "https://*.example.com, https://a.example.com, true",
    "https://*.example.com, https://a.b.example.com, true",
    "https://*.example.com, https://example.com, false",
    "https://*.example.com, https://.example.com, false",
    "https://*.example.com, http://a.example.com, false",
    "https://*.example.com, https://aexample.com, false",
    "https://a.com, https://A.com, true",
    "https://a.com, https://a.com.evil, false",
    "https://a.com, null, false",
  })
  void allowsOrigins(String pattern, String origin, boolean allowed) {
    MultiMap response = headers("access-control-allow-origin", "backend's");
    cors(false, pattern).answer(origin, response);
    assertThat(response.get("access-control-allow-origin")).isEqualTo(allowed ? origin : null);
    assertThat(response.get("vary")).isEqualTo("Origin");
  }

  @Test
  void aWildcardIsNotForCredentials() {
    MultiMap open = headers();
    cors(false, "*").answer("https://a", open);
    assertThat(open.get("access-control-allow-origin")).isEqualTo("*");
    assertThat(open.contains("vary")).isFalse();
    MultiMap credentials = headers();
    cors(true, "*").answer("https://a", credentials);
    assertThat(credentials.get("access-control-allow-origin")).isEqualTo("https://a");
    assertThat(credentials.get("access-control-allow-credentials")).isEqualTo("true");
    assertThat(credentials.get("vary")).isEqualTo("Origin");
  }

  @Test
  void answersPreflights() {
    MultiMap response = headers();
    cors(true, "https://a")
        .answerPreflight(
            headers(
                "origin", "https://a",
                "access-control-request-method", "GET",
                "access-control-request-headers", "x-b"),
            response);
    assertThat(response.get("access-control-allow-methods")).isEqualTo("GET");
    assertThat(response.get("access-control-allow-headers")).isEqualTo("x-b");
    assertThat(response.get("access-control-max-age")).isEqualTo("60");
    MultiMap refused = headers();
    cors(true, "https://a").answerPreflight(headers("origin", "https://b"), refused);
    assertThat(refused.names()).containsExactly("vary");
  }

  @Test
  void hopByHopFieldsEnd() {
    MultiMap headers =
        headers(
            "connection", "close, X-Tenant, content-length",
            "x-tenant", "1",
            "content-length", "5",
            "te", "trailers",
            "keep-alive", "5",
            "x-kept", "1");
    HopByHop.remove(headers);
    assertThat(headers.names()).containsExactlyInAnyOrder("content-length", "x-kept");
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3, '', 10.1.2.3",
    "10.1.2.3, 9.9.9.9, 9.9.9.9",
    "10.1.2.3, '8.8.8.8, 9.9.9.9, 10.0.0.1', 9.9.9.9",
    "10.1.2.3, '10.0.0.2, 10.0.0.1', 10.0.0.2",
    "10.1.2.3, 'x, 10.0.0.1', 10.0.0.1",
    "9.9.9.1, 8.8.8.8, 9.9.9.1",
  })
  void believesTrustedProxiesAlone(String peer, String forwardedFor, String client) {
    TrustedProxies trusted = new TrustedProxies("p", List.of("10.0.0.0/8", "2001:db8::/33"));
    assertThat(trusted.client(peer, headers("x-forwarded-for", forwardedFor)).address())
        .isEqualTo(client);
  }

  @Test
  void blocksHaveBits() {
    assertThat(Cidr.parse("p", "10.0.0.0/9").contains(new byte[] {10, 127, 0, 1})).isTrue();
    assertThat(Cidr.parse("p", "10.0.0.0/9").contains(new byte[] {10, -128, 0, 1})).isFalse();
    assertThat(Cidr.parse("p", "0.0.0.0/0").contains(new byte[] {1, 2, 3, 4})).isTrue();
    assertThat(Cidr.parse("p", "::/0").contains(new byte[] {1, 2, 3, 4})).isFalse();
    assertThatThrownBy(() -> Cidr.parse("p[0]", "10.0.0.0/33"))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("p[0]");
  }

  @Test
  void headersThatWouldBreakTheMessageAreRefused() {
    for (String name : List.of("a b", "content-length", "Transfer-Encoding", "connection")) {
      assertThatThrownBy(
              () ->
                  HeaderChange.compile(
                      "p", List.of(new Filter.Header(name, "x")), List.of(), List.of()))
          .isInstanceOf(ConfigException.class);
    }
    assertThatThrownBy(
            () ->
                HeaderChange.compile(
                    "p", List.of(new Filter.Header("a", "x\r\ny: z")), List.of(), List.of()))
        .isInstanceOf(ConfigException.class);
  }

  @Test
  void loopsAreSeen() {
    CdnLoop loop = new CdnLoop("u");
    assertThat(loop.found(headers("cdn-loop", "other, warmgate-u; x=1"))).isTrue();
    assertThat(loop.found(headers("cdn-loop", "warmgate-uu"))).isFalse();
  }
}
