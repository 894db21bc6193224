package io.warmgate.server.ai;

import static io.warmgate.server.ai.ModelPod.status;
import static io.warmgate.server.ai.Said.ANTHROPIC;
import static io.warmgate.server.ai.Said.OPENAI;
import static io.warmgate.server.ai.Said.question;
import static io.warmgate.server.ai.Said.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.config.Access;
import io.warmgate.config.CacheOptions;
import io.warmgate.config.KeyParts;
import io.warmgate.config.KeyParts.QueryOrder;
import io.warmgate.config.Lifetimes;
import io.warmgate.config.Model;
import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.config.admin.PurgeRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is asked again in the same bytes gets what it would get if it were read anew. */
class SeenQuestionsTest {
  /** Says which of its answers it is. */
  private final ScriptedProvider gpt =
      new ScriptedProvider(request -> request.answer(numbered(this.gpt.requests.size())));

  private final ModelPod pod =
      new ModelPod().model("gpt", Model.Provider.OPENAI, gpt.port(), "/v1").cached(ModelPod.KEPT);

  @AfterEach
  void end() {
    pod.close();
    gpt.close();
  }

  private static String numbered(int number) {
    return Said.OPENAI_ANSWER.replace("Hello there", "answer " + number);
  }

  @Test
  void eachFormOfEachFrontIsTheSameEachTime() {
    pod.serve();
    pod.post(OPENAI, question("gpt", "hi"));
    for (String front : List.of(OPENAI, ANTHROPIC)) {
      for (String asked : List.of(question("gpt", "hi"), streamed("gpt", "hi"))) {
        HttpResponse<String> first = hit(front, asked);
        assertThat(first.body()).contains("answer 1");
        for (int i = 0; i < 3; i++) {
          HttpResponse<String> again = hit(front, asked);
          assertThat(again.body()).isEqualTo(first.body());
          assertThat(again.headers().firstValue("content-type"))
              .isEqualTo(first.headers().firstValue("content-type"));
        }
      }
    }
    assertThat(gpt.requests).hasSize(1);
  }

  /** What was written for the answer before is not told for it. */
  @Test
  void anotherAnswerIsWrittenAnewAndItsQuestionReadAgain() {
    pod.serve();
    pod.post(OPENAI, question("gpt", "hi"));
    String first = gpt.last().body();
    for (int i = 0; i < 3; i++) {
      assertThat(hit(ANTHROPIC, question("gpt", "hi")).body()).contains("answer 1");
      assertThat(hit(OPENAI, streamed("gpt", "hi")).body()).contains("answer 1");
      assertThat(hit(OPENAI, question("gpt", "hi")).body()).contains("answer 1");
    }
    purge();
    HttpResponse<String> miss = pod.post(OPENAI, question("gpt", "hi"));
    assertThat(status(miss)).contains("detail=purged");
    assertThat(miss.body()).contains("answer 2");
    assertThat(gpt.last().body()).isEqualTo(first);
    for (int i = 0; i < 3; i++) {
      assertThat(hit(ANTHROPIC, question("gpt", "hi")).body()).contains("answer 2");
      assertThat(hit(OPENAI, streamed("gpt", "hi")).body()).contains("answer 2");
      assertThat(hit(OPENAI, question("gpt", "hi")).body()).contains("answer 2");
    }
  }

  @Test
  void fieldsThatShapeAnAnswerMakeItAnotherQuestion() {
    pod.serve();
    String asked = question("gpt", "hi");
    pod.post(OPENAI, asked);
    hit(OPENAI, asked);
    hit(OPENAI, asked);
    assertThat(status(pod.post(OPENAI, asked, "openai-beta", "b"))).contains("fwd=uri-miss");
    HttpResponse<String> other = pod.post(OPENAI, asked, "openai-beta", "b");
    assertThat(status(other)).contains("; hit");
    assertThat(other.body()).contains("answer 2");
    assertThat(hit(OPENAI, asked).body()).contains("answer 1");
  }

  @Test
  void anotherModelOfTheSameNameIsAskedInItsOwnName() {
    pod.serve();
    String asked = question("gpt", "hi");
    pod.post(OPENAI, asked);
    hit(OPENAI, asked);
    hit(OPENAI, asked);
    pod.changed(
            model ->
                new Model(
                    model.id(),
                    model.provider(),
                    "provider-gpt-2",
                    model.names(),
                    null,
                    model.defaultMaxTokens(),
                    model.readOnlyTools()))
        .serve();
    assertThat(status(pod.post(OPENAI, asked))).contains("fwd=uri-miss");
    assertThat(gpt.last().body()).contains("provider-gpt-2");
    assertThat(hit(OPENAI, asked).body()).contains("answer 2");
  }

  @Test
  void whoseAnswersTheyAreIsNotRemembered() {
    pod.knowing(
            new Access(
                List.of(),
                List.of(
                    GuardedTest.consumer("red", "red-key"),
                    GuardedTest.consumer("blue", "blue-key"))))
        .ruled(rule -> rule.withAccess(GuardedTest.KEYS))
        .cached(
            ModelPod.KEPT.with(
                new CacheOptions(
                    Lifetimes.NONE,
                    new KeyParts(
                        QueryOrder.KEEP,
                        List.of(),
                        List.of(),
                        List.of(),
                        new KeyParts.CallerPartition(null)))))
        .serve();
    for (String who : List.of("red", "blue")) {
      assertThat(status(asks(who))).contains("fwd=uri-miss");
    }
    for (int i = 0; i < 3; i++) {
      assertThat(asks("red").body()).contains("answer 1");
      assertThat(asks("blue").body()).contains("answer 2");
    }
    assertThat(pod.post(OPENAI, streamed("gpt", "hi")).statusCode()).isEqualTo(401);
    assertThat(gpt.requests).hasSize(2);
  }

  private HttpResponse<String> asks(String who) {
    return pod.post(OPENAI, streamed("gpt", "hi"), "authorization", "Bearer " + who + "-key");
  }

  private HttpResponse<String> hit(String front, String asked) {
    HttpResponse<String> answer = pod.post(front, asked);
    assertThat(status(answer)).as(front + asked).contains("; hit");
    return answer;
  }

  private void purge() {
    pod.pod.log.apply(
        new PurgeOrder(
            "1",
            new PurgeRequest(
                List.of(),
                List.of("/models/test/gpt"),
                null,
                List.of(),
                false,
                PurgeRequest.Mode.HARD),
            null));
  }
}
