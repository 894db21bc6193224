package io.warmgate.config.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warmgate.config.ConfigException;
import io.warmgate.config.Json;
import io.warmgate.config.admin.WarmReport.Cost;
import io.warmgate.config.admin.WarmReport.Outcome;
import io.warmgate.config.admin.WarmReport.Result;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WarmTest {
  private static final WarmRequest GET =
      new WarmRequest("GET", "http", "shop.test", "/a", List.of());

  private static WarmRequest question(String method, String content, @Nullable String consumer) {
    return new WarmRequest(
        method,
        "http",
        null,
        "shop.test",
        "/v1/messages",
        List.of(),
        new WarmRequest.Question(content, consumer));
  }

  /** Pods and operators of before know no questions, and nothing of what they took. */
  @Test
  void whatIsNotSaidIsNotWritten() {
    assertThat(new String(Json.write(GET), UTF_8)).doesNotContain("question");
    Outcome hit = new Outcome(Result.HIT, 200, false, 1, 2, null);
    String written = new String(Json.write(hit), UTF_8);
    assertThat(written).doesNotContain("tokens", "cost");
    assertThat(Json.read(written.getBytes(UTF_8), Outcome.class)).isEqualTo(hit);
  }

  @Test
  void whatIsSaidIsReadAgain() {
    WarmRequest asked = question("POST", "{\"a\": 1}", "shop/app");
    assertThat(Json.read(Json.write(asked), WarmRequest.class)).isEqualTo(asked);
    Outcome filled =
        new Outcome(Result.FILLED, 200, true, 1, 2, null).taking(7, new Cost("USD", 12));
    assertThat(Json.read(Json.write(filled), Outcome.class)).isEqualTo(filled);
    assertThat(filled.linking(List.of("/b")).taken()).isEqualTo(7);
    assertThat(filled.linking(List.of("/b")).cost()).isEqualTo(new Cost("USD", 12));
  }

  @Test
  void whatPeopleAskIsInNoText() {
    assertThat(question("POST", "{\"secret\": 1}", "shop/app").toString())
        .doesNotContain("secret")
        .contains("shop/app");
  }

  @Test
  void aQuestionIsPosted() {
    assertThatThrownBy(() -> question("GET", "{}", "a")).isInstanceOf(ConfigException.class);
    assertThatThrownBy(() -> new WarmRequest("POST", "http", "shop.test", "/a", List.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("not GET or HEAD");
    assertThatThrownBy(() -> question("POST", " ", "a")).isInstanceOf(ConfigException.class);
    assertThatThrownBy(() -> question("POST", "{}", "a/b/c")).isInstanceOf(ConfigException.class);
  }
}
