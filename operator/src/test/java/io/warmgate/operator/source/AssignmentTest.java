package io.warmgate.operator.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.config.GatewayConfig;
import io.warmgate.config.admin.ExplainRequest.Field;
import io.warmgate.config.admin.WarmRequest;
import io.warmgate.operator.translate.Snapshots;
import io.warmgate.operator.translate.Translator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AssignmentTest {
  private static final String BACKEND = "backendRefs: [{name: catalog, port: 8080}]";
  private static final Set<String> ALL = Set.of("shop/pages", "shop/items", "shop/api", "shop/any");

  private static final GatewayConfig CONFIG =
      Objects.requireNonNull(
          Translator.translate(
                  Snapshots.of(
                      List.of(
                          Snapshots.route(
                              "pages",
                              "hostnames: [shop.test, www.shop.test], rules: [" + rule("/") + "]"),
                          Snapshots.route(
                              "items",
                              "hostnames: [shop.test], rules: ["
                                  + rule("/items")
                                  + ", {matches: [{path: {type: Template, value: \"/t/{id}\"}}], "
                                  + BACKEND
                                  + "}, {matches: [{path: {type: RegularExpression, value:"
                                  + " \"/r/[0-9]+\"}}], "
                                  + BACKEND
                                  + "}]"),
                          Snapshots.route(
                              "api",
                              "hostnames: [\"*.shop.test\"], rules: [{matches: [{path: {value:"
                                  + " /api}, headers: [{name: X-Version, value: \"2\"}],"
                                  + " queryParams: [{name: q, value: a b}]}], "
                                  + BACKEND
                                  + "}]"),
                          Snapshots.route("any", "rules: [" + rule("/any") + "]"))))
              .config());

  private static String rule(String prefix) {
    return "{matches: [{path: {type: PathPrefix, value: " + prefix + "}}], " + BACKEND + "}";
  }

  private static Wish path(String target) {
    return new Wish(null, null, target, List.of());
  }

  private static Wish at(String host, String target, Field... headers) {
    return new Wish(null, host, target, List.of(headers));
  }

  private static Assignment.Result assign(Set<String> among, Wish... wishes) {
    return new Assignment(CONFIG).assign(among, List.of(wishes));
  }

  private static List<String> urls(List<WarmRequest> requests) {
    return requests.stream().map(any -> any.host() + any.target()).toList();
  }

  @Test
  void aPathGoesToEveryHostOfTheRouteThatTakesIt() {
    Assignment.Result result = assign(ALL, path("/about?x=1"), path("/items/7"), path("/itemsx"));
    assertThat(urls(result.of("shop/pages")))
        .containsExactlyInAnyOrder(
            "shop.test:8080/about?x=1",
            "www.shop.test:8080/about?x=1",
            "www.shop.test:8080/items/7",
            "shop.test:8080/itemsx",
            "www.shop.test:8080/itemsx");
    assertThat(urls(result.of("shop/items"))).containsExactly("shop.test:8080/items/7");
    assertThat(result.unrouted()).isEmpty();
  }

  /** It might change something: no pod is told of it. */
  @Test
  void aQuestionThatNoModelWouldGetIsLeftOut() {
    Wish question =
        new Wish(
            null, "shop.test", "/items/1", List.of(), new WarmRequest.Question("{}", "shop-app"));
    Assignment.Result result = assign(ALL, question, question);
    assertThat(result.byRoute()).isEmpty();
    assertThat(result.unrouted()).isEmpty();
    assertThat(result.left()).isEqualTo(2);
    assertThat(result.whyRefused())
        .containsExactly("2 questions are left out: rule '0' of shop/items asks no model");
  }

  @Test
  void theListenerThatClientsComeToIsNamed() {
    assertThat(assign(ALL, at("shop.test", "/items/1")).of("shop/items"))
        .containsExactly(new WarmRequest("GET", "http", null, "shop.test", "/items/1", List.of()));
    assertThat(assign(ALL, new Wish("https", "shop.test", "/items/1", List.of())).of("shop/items"))
        .as("a proxy in front speaks TLS, and nobody trusts it")
        .containsExactly(new WarmRequest("GET", "http", null, "shop.test", "/items/1", List.of()));
  }

  @Test
  void templatesAndExpressionsTakeWhatTheyFit() {
    Assignment.Result result =
        assign(
            Set.of("shop/items"),
            at("shop.test", "/t/1"),
            at("shop.test", "/t/"),
            at("shop.test", "/t/1/2"),
            at("shop.test", "/r/12"),
            at("shop.test", "/r/x"));
    assertThat(urls(result.of("shop/items")))
        .as("before the route whose prefix takes everything, or after it")
        .containsExactly("shop.test/t/1");
    assertThat(result.unrouted())
        .extracting(Wish::target)
        .containsExactly("/t/", "/t/1/2", "/r/12", "/r/x");
  }

  @Test
  void whatAMatchAsksForBesideThePathHasToHold() {
    Field version = new Field("x-version", "2");
    Assignment.Result result =
        assign(
            ALL,
            at("a.shop.test", "/api?q=a+b", version),
            at("a.shop.test", "/api?q=a+b"),
            at("a.shop.test", "/api?q=other&q=a+b", version));
    assertThat(urls(result.of("shop/api"))).containsExactly("a.shop.test/api?q=a+b");
    assertThat(result.unrouted()).hasSize(2);
  }

  @Test
  void aRouteForEveryHostNeedsToBeToldOne() {
    assertThat(assign(Set.of("shop/any"), path("/any/1")).unrouted()).hasSize(1);
    assertThat(urls(assign(ALL, at("else.test", "/any/1")).of("shop/any")))
        .containsExactly("else.test/any/1");
  }

  @Test
  void anotherRoutesRequestIsNobodys() {
    assertThat(assign(Set.of("shop/pages"), at("shop.test", "/items/7")).byRoute()).isEmpty();
  }
}
