package io.warmgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ModelTest {
  private static final BackendRef SERVICE = new BackendRef("api.openai.com", 1, "g1");
  private static final BackendRef GPT = new BackendRef("api.openai.com", 1, "g1", "shop/gpt");

  @Test
  void modelsAreReadAsTheyWereWritten() {
    GatewayConfig config = config(GPT, model("shop/gpt", List.of("gpt", "gpt-5-mini")));
    assertThat(Json.read(Json.write(config), GatewayConfig.class)).isEqualTo(config);
  }

  @Test
  void nothingIsWrittenWhereThereAreNone() {
    GatewayConfig config = config(SERVICE, null);
    assertThat(new String(Json.write(config), StandardCharsets.UTF_8)).doesNotContain("odel");
    assertThat(config.routes().getFirst().rules().getFirst().asksModels()).isFalse();
  }

  @Test
  void aShareAsksAModelThatExists() {
    assertThatThrownBy(() -> config(GPT, null))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("names model 'shop/gpt', which does not exist");
  }

  @Test
  void modelsAnswerForAWholeRuleOrNotAtAll() {
    assertThat(rule(GPT).asksModels()).isTrue();
    assertThatThrownBy(() -> rule(GPT, SERVICE)).isInstanceOf(ConfigException.class);
    assertThatThrownBy(() -> rule(SERVICE, GPT)).isInstanceOf(ConfigException.class);
  }

  @Test
  void aModelHasANameAndAnEndToItsAnswers() {
    assertThatThrownBy(() -> model("shop/gpt", List.of())).isInstanceOf(ConfigException.class);
    assertThatThrownBy(
            () -> new Model("a/b", Model.Provider.ANTHROPIC, "m", List.of("m"), null, 0, List.of()))
        .isInstanceOf(ConfigException.class);
  }

  @Test
  void aFormThatGoesIsOfTheSameObject() {
    Model written = model("shop/gpt", List.of("gpt"));
    Model going = written.withId("shop/gpt" + Model.FORM + "0123456789abcdef");
    assertThat(written.object()).isEqualTo("shop/gpt");
    assertThat(going.object()).isEqualTo("shop/gpt");
    assertThat(going.withId("shop/gpt")).isEqualTo(written);
  }

  @Test
  void oneOfAListIsOfItsObjectWhateverItIsCalled() {
    for (String name : List.of("gpt-5", "arn:aws:bedrock:eu:1:p/x", "org/m#2", "50%", "%23", "*")) {
      String id = Model.idOf("shop/openai", name);
      Model written = model(id, List.of(name));
      Model going = written.withId(id + Model.FORM + "0123456789abcdef");
      for (Model any : List.of(written, going)) {
        assertThat(any.object()).as(name).isEqualTo("shop/openai");
        assertThat(any.label()).as(name).isEqualTo(id);
      }
      assertThat(written.asWritten()).as(name).isTrue();
      assertThat(going.asWritten()).as(name).isFalse();
    }
    assertThat(Model.idOf("shop/openai", "gpt-5")).isEqualTo("shop/openai:gpt-5");
    assertThat(Model.idOf("shop/openai", "%23")).isNotEqualTo(Model.idOf("shop/openai", "#"));
    assertThat(model("shop/gpt", List.of("gpt")).label()).isEqualTo("shop/gpt");
  }

  @Test
  void anyModelIsAskedForAsAClientNamesItAndStaysWhatItIs() {
    Model any = model(Model.idOf("shop/openai", Model.ANY), List.of(Model.ANY)).asking(Model.ANY);
    Model asked = any.asking("gpt-5");
    assertThat(asked.model()).isEqualTo("gpt-5");
    assertThat(asked.configured()).isEqualTo("*");
    assertThat(asked.asksAny()).isTrue();
    assertThat(asked.label()).isEqualTo("shop/openai:*");
    assertThat(asked.asking(Model.ANY)).isEqualTo(any);
    assertThat(model("shop/gpt", List.of("gpt", Model.ANY)).asksAny()).isFalse();
    assertThat(model("shop/gpt", List.of("gpt")).configured()).isEqualTo("gpt-5-mini");
  }

  @Test
  void oneKeyIsWrittenAsItAlwaysWas() {
    Model one = model("shop/gpt", List.of("gpt"));
    assertThat(one.withKeys(one.everyKey())).isEqualTo(one);
    assertThat(new String(Json.write(one), StandardCharsets.UTF_8)).doesNotContain("keys");
    assertThat(one.withKeys(List.of()).everyKey()).isEmpty();
    assertThat(one.withKeys(List.of()).credential()).isNull();
  }

  @Test
  void ofSeveralKeysTheFirstIsTheCredential() {
    Model one = model("shop/gpt", List.of("gpt"));
    ValueRef other = new ValueRef("shop/openai/b", "fedcba9876543210".repeat(4));
    Model.Key first = new Model.Key(other, 3);
    Model two = one.withKeys(List.of(first, one.everyKey().getFirst()));
    assertThat(two.credential()).isEqualTo(other);
    assertThat(two.everyKey()).hasSize(2).isEqualTo(two.withId("shop/gpt#1").everyKey());
    assertThat(Json.read(Json.write(two), Model.class)).isEqualTo(two);
    assertThatThrownBy(() -> new Model.Key(other, 0)).isInstanceOf(ConfigException.class);
  }

  private static Model model(String id, List<String> names) {
    return new Model(
        id,
        Model.Provider.OPENAI,
        "gpt-5-mini",
        names,
        new ValueRef("shop/openai/apiKey", "0123456789abcdef".repeat(4)),
        4_096,
        List.of("lookup"));
  }

  private static Rule rule(BackendRef... refs) {
    return new Rule(
        "chat",
        List.of(new Match(new PathMatch(PathMatch.Type.PREFIX, "/v1"), List.of(), List.of(), null)),
        List.of(),
        List.of(refs),
        null,
        new Timeouts(0, 0),
        new Retry(0, 25),
        null);
  }

  private static GatewayConfig config(BackendRef ref, @Nullable Model model) {
    GatewayConfig all = Samples.everything();
    Backend openai =
        new Backend(
            "api.openai.com",
            new Backend.Url("api.openai.com", 443, "/v1"),
            null,
            all.backends().getFirst().loadBalancing(),
            all.backends().getFirst().ejection(),
            all.backends().getFirst().limits());
    return new GatewayConfig(
        all.gateway(),
        all.listeners(),
        List.of(new Route("shop/chat", List.of("http"), List.of(), List.of(rule(ref)), null)),
        List.of(openai),
        all.cache(),
        all.limits(),
        all.telemetry(),
        null,
        Access.NOBODY,
        model == null ? List.of() : List.of(model));
  }
}
