package io.warmgate.server.ai;

import static io.warmgate.server.ai.ModelPod.status;
import static io.warmgate.server.ai.Said.OPENAI;
import static io.warmgate.server.ai.Said.OPENAI_ANSWER;
import static io.warmgate.server.ai.Said.question;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.config.CacheOptions;
import io.warmgate.config.Conditions;
import io.warmgate.config.Conditions.Condition;
import io.warmgate.config.Conditions.Condition.Part;
import io.warmgate.config.Model;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which questions leave no trace in the cache, since of persons they are, or are said to be. */
class PrivateQuestionsTest {
  private static final String MAIL = "I am ada@example.org";

  private final ScriptedProvider gpt =
      new ScriptedProvider(request -> request.answer(OPENAI_ANSWER));
  private final ModelPod pod = new ModelPod();

  private void serve(Conditions conditions) {
    pod.model("gpt", Model.Provider.OPENAI, gpt.port(), "/v1")
        .cached(ModelPod.KEPT.with(CacheOptions.NONE.with(conditions)))
        .serve();
  }

  @AfterEach
  void end() {
    pod.close();
    gpt.close();
  }

  @Test
  void whatHoldsSomethingOfAPersonIsNotKept() {
    serve(Conditions.NONE);
    String asked = question("gpt", MAIL);
    pod.post(OPENAI, asked);
    assertThat(status(pod.post(OPENAI, asked))).contains("fwd=bypass").contains("sensitive");
    assertThat(gpt.requests).hasSize(2);
  }

  @Test
  void anApplicationsOwnPromptIsNoPersons() {
    serve(Conditions.NONE);
    String asked =
        question("gpt", "hi")
            .replace(
                "\"messages\":[",
                "\"messages\":[{\"role\":\"system\",\"content\":\"Mail help@example.org\"},");
    pod.post(OPENAI, asked);
    assertThat(status(pod.post(OPENAI, asked))).contains("hit");
    assertThat(gpt.requests).hasSize(1);
  }

  @Test
  void aPolicyMayAllowIt() {
    serve(new Conditions(List.of(), List.of(), Conditions.Sensitive.ALLOWED));
    String asked = question("gpt", MAIL);
    pod.post(OPENAI, asked);
    assertThat(status(pod.post(OPENAI, asked))).contains("hit");
  }

  @Test
  void aPolicyMayNameAField() {
    serve(
        new Conditions(
            List.of(new Condition(Part.FIELD, "/metadata/private", "yes")),
            List.of(new Condition(Part.FIELD, "/user", "robot")),
            null));
    String asked = question("gpt", "hi", ",\"metadata\":{\"private\":\"yes\"}");
    pod.post(OPENAI, asked);
    assertThat(status(pod.post(OPENAI, asked))).contains("fwd=bypass").contains("detail=bypass");
    String other = question("gpt", "hi", ",\"metadata\":{\"private\":\"no\"}");
    pod.post(OPENAI, other);
    assertThat(status(pod.post(OPENAI, other))).contains("hit");
    assertThat(gpt.requests).hasSize(3);
    // Who asks is no part of the question.
    String robots = question("gpt", "once", ",\"user\":\"robot\"");
    pod.post(OPENAI, robots);
    assertThat(status(pod.post(OPENAI, robots))).contains("fwd=uri-miss").contains("unstored");
    assertThat(status(pod.post(OPENAI, question("gpt", "hi", ",\"user\":\"robot\""))))
        .contains("hit");
  }

  /** Of a request to a model the cache looks at few fields; a policy's conditions at all. */
  @Test
  void aPolicyMayNameAHeader() {
    serve(
        new Conditions(
            List.of(new Condition(Part.HEADER, "x-private", null)),
            List.of(new Condition(Part.HEADER, "x-once", null)),
            null));
    String asked = question("gpt", "hi");
    pod.post(OPENAI, asked, "x-private", "1");
    pod.post(OPENAI, asked, "x-once", "1");
    assertThat(status(pod.post(OPENAI, asked))).contains("fwd=uri-miss");
    assertThat(status(pod.post(OPENAI, asked, "x-once", "1"))).contains("hit");
    assertThat(status(pod.post(OPENAI, asked, "x-private", "1"))).contains("detail=bypass");
    assertThat(gpt.requests).hasSize(4);
  }
}
