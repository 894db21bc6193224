package io.warmgate.server.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.warmgate.config.Backend;
import io.warmgate.config.BackendLimits;
import io.warmgate.config.BackendRef;
import io.warmgate.config.CacheLayers;
import io.warmgate.config.ClientLimits;
import io.warmgate.config.Ejection;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.GatewayRef;
import io.warmgate.config.Listener;
import io.warmgate.config.LoadBalancing;
import io.warmgate.config.Match;
import io.warmgate.config.PathMatch;
import io.warmgate.config.Retry;
import io.warmgate.config.Route;
import io.warmgate.config.Rule;
import io.warmgate.config.Telemetry;
import io.warmgate.config.Timeouts;
import io.warmgate.config.ValueMatch;
import io.warmgate.server.traffic.TrafficBook;
import io.warmgate.server.uri.Target;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Gateway API's precedence, and its cost. */
class RouteTableTest {
  private final List<Route> routes = new ArrayList<>();
  private @Nullable String listenerHost;

  private void route(String id, List<String> hosts, Match... matches) {
    Rule rule =
        new Rule(
            "0",
            List.of(matches),
            List.of(),
            List.of(new BackendRef("b", 1, "g")),
            null,
            new Timeouts(0, 0),
            new Retry(0, 0),
            null);
    routes.add(new Route(id, List.of("http"), hosts, List.of(rule)));
  }

  private static Match path(PathMatch.Type type, String value) {
    return new Match(new PathMatch(type, value), List.of(), List.of(), null);
  }

  private static Match prefix(String value) {
    return path(PathMatch.Type.PREFIX, value);
  }

  private RouteTable table() {
    Backend backend =
        new Backend(
            "b",
            new Backend.Url("b", 80, ""),
            null,
            new LoadBalancing(LoadBalancing.Policy.ROUND_ROBIN, null),
            new Ejection(0, 0),
            new BackendLimits(null, null, 0, 0));
    return RouteTable.compile(
        new GatewayConfig(
            new GatewayRef("a", "b", "c"),
            List.of(
                new Listener(
                    "http", 80, 8080, Listener.Protocol.HTTP, listenerHost, null, List.of())),
            routes,
            List.of(backend),
            new CacheLayers(0, null),
            new ClientLimits(16_384, 0, 10_000, 60_000, 10_000),
            new Telemetry(false, null)),
        new TrafficBook());
  }

  private String find(String host, String path) {
    return find(host, path, "GET", MultiMap.caseInsensitiveMultiMap());
  }

  private String find(String host, String target, String method, MultiMap headers) {
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    String query = mark < 0 ? null : target.substring(mark + 1);
    Matched found =
        table().find("http", new Target("http", host, -1, path, query), method, headers, null);
    return found == null ? "none" : found.rule().routeId();
  }

  @Test
  void pathsByTheirPrecedence() {
    route("regex", List.of(), path(PathMatch.Type.REGULAR_EXPRESSION, "/.*"));
    route("root", List.of(), prefix("/"));
    route("short", List.of(), prefix("/a"));
    route("long", List.of(), prefix("/a/b/"));
    route("template", List.of(), path(PathMatch.Type.TEMPLATE, "/a/{x}/c"));
    route("literal", List.of(), path(PathMatch.Type.TEMPLATE, "/a/bb/{y}"));
    route("exact", List.of(), path(PathMatch.Type.EXACT, "/a/bb/c"));

    assertThat(find("h", "/a/bb/c")).isEqualTo("exact");
    assertThat(find("h", "/a/bb/d")).isEqualTo("literal");
    assertThat(find("h", "/a/x/c")).isEqualTo("template");
    assertThat(find("h", "/a/b")).isEqualTo("long");
    assertThat(find("h", "/a/b/x")).isEqualTo("long");
    assertThat(find("h", "/a/bx")).isEqualTo("short");
    assertThat(find("h", "/a/")).isEqualTo("short");
    assertThat(find("h", "/ab")).isEqualTo("root");
    assertThat(find("h", "/a//c")).isEqualTo("short");
  }

  @Test
  void expressionsMatchTheWholePathAndComeLast() {
    route("regex", List.of(), path(PathMatch.Type.REGULAR_EXPRESSION, "/v[0-9]+/x"));
    assertThat(find("h", "/v12/x")).isEqualTo("regex");
    assertThat(find("h", "/v12/xy")).isEqualTo("none");
  }

  @Test
  void anExpressionThatExplodesElsewhereIsLinearHere() {
    route("regex", List.of(), path(PathMatch.Type.REGULAR_EXPRESSION, "/(a+)+b"));
    long started = System.nanoTime();
    assertThat(find("h", "/" + "a".repeat(4_000))).isEqualTo("none");
    assertThat(System.nanoTime() - started).isLessThan(5_000_000_000L);
  }

  @Test
  void hostsByTheirPrecedence() {
    route("any", List.of(), prefix("/"));
    route("com", List.of("*.com"), prefix("/"));
    route("wild", List.of("*.example.com"), prefix("/"));
    route("exact", List.of("a.example.com"), prefix("/only"));

    assertThat(find("a.example.com", "/only")).isEqualTo("exact");
    assertThat(find("a.example.com", "/other")).isEqualTo("wild");
    assertThat(find("x.y.example.com", "/")).isEqualTo("wild");
    assertThat(find("example.com", "/")).isEqualTo("com");
    assertThat(find("com", "/")).isEqualTo("any");
  }

  @Test
  void listenersHaveHosts() {
    listenerHost = "*.example.com";
    RouteTable table = table();
    assertThat(table.takes("http", "a.example.com")).isTrue();
    assertThat(table.takes("http", "example.com")).isFalse();
    assertThat(table.takes("http", "aexample.com")).isFalse();
    assertThat(table.takes("other", "a.example.com")).isFalse();
  }

  @Test
  void methodsHeadersAndQueriesByTheirPrecedence() {
    PathMatch path = new PathMatch(PathMatch.Type.PREFIX, "/");
    ValueMatch env = new ValueMatch(ValueMatch.Type.EXACT, "X-Env", "prod");
    ValueMatch page = new ValueMatch(ValueMatch.Type.REGULAR_EXPRESSION, "page", "[0-9]+");
    route("plain", List.of(), new Match(path, List.of(), List.of(), null));
    route("older", List.of(), new Match(path, List.of(), List.of(page), null));
    route("query", List.of(), new Match(path, List.of(), List.of(page), null));
    route("header", List.of(), new Match(path, List.of(env), List.of(), null));
    route("method", List.of(), new Match(path, List.of(), List.of(), "POST"));
    MultiMap none = MultiMap.caseInsensitiveMultiMap();
    MultiMap prod = MultiMap.caseInsensitiveMultiMap().add("x-env", "dev").add("x-env", "prod");

    assertThat(find("h", "/?page=1", "POST", prod)).isEqualTo("method");
    assertThat(find("h", "/?page=1", "GET", prod)).isEqualTo("header");
    assertThat(find("h", "/?page=1", "GET", none)).isEqualTo("older");
    assertThat(find("h", "/?page=x", "GET", none)).isEqualTo("plain");
  }

  @Test
  void tenThousandRoutesCostAboutWhatTenDo() {
    long few = cost(10);
    routes.clear();
    long many = cost(10_000);
    assertThat(many).as("%d ns and %d ns a lookup", few, many).isLessThan(10 * few + 5_000);
  }

  private long cost(int count) {
    for (int i = 0; i < count; i++) {
      route("r" + i, List.of("h" + i + ".example.com"), prefix("/a/" + i));
      route(
          "s" + i, List.of(), prefix("/b/" + i), path(PathMatch.Type.TEMPLATE, "/c/" + i + "/{x}"));
    }
    RouteTable table = table();
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    Target target = new Target("http", "h7.example.com", -1, "/c/7/x", null);
    long best = Long.MAX_VALUE;
    for (int round = 0; round < 20; round++) {
      long started = System.nanoTime();
      for (int i = 0; i < 1_000; i++) {
        assertThat(table.find("http", target, "GET", headers, null) != null).isTrue();
      }
      best = Math.min(best, (System.nanoTime() - started) / 1_000);
    }
    return best;
  }
}
