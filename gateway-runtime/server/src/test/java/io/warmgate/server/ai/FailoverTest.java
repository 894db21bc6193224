package io.warmgate.server.ai;

import static io.warmgate.server.ai.Said.ANTHROPIC;
import static io.warmgate.server.ai.Said.ANTHROPIC_ANSWER;
import static io.warmgate.server.ai.Said.ANTHROPIC_STREAM;
import static io.warmgate.server.ai.Said.OPENAI;
import static io.warmgate.server.ai.Said.OPENAI_ANSWER;
import static io.warmgate.server.ai.Said.OPENAI_STREAM;
import static io.warmgate.server.ai.Said.question;
import static io.warmgate.server.ai.Said.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.config.Model;
import io.warmgate.server.ai.ScriptedProvider.Script;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients see where the model fails that was chosen and another stands in for it. */
class FailoverTest {
  private final ScriptedProvider first = new ScriptedProvider(_ -> {});
  private final ScriptedProvider second =
      ScriptedProvider.saying(ANTHROPIC_ANSWER, ANTHROPIC_STREAM);
  private final ModelPod pod = new ModelPod();

  /** How the first one fails, and who answers then. The documentation has the same table. */
  enum Failing {
    ERRS(Seen.SECOND, error("500 Internal Server Error", "", "server_error")),
    IS_AWAY(Seen.SECOND, error("503 Service Unavailable", "", "server_error")),
    LIMITS(
        Seen.SECOND, error("429 Too Many Requests", "Retry-After: 7\r\n", "rate_limit_exceeded")),
    DOES_NOT_KNOW_THE_GATEWAY(Seen.SECOND, error("401 Unauthorized", "", "invalid_api_key")),
    HAS_NO_SUCH_MODEL(Seen.SECOND, error("404 Not Found", "", "model_not_found")),
    BREAKS_OFF(Seen.SECOND, request -> request.connection().close()),
    IS_NO_JSON(Seen.SECOND, request -> request.answer("<html>")),
    SAYS_ERROR_IN_A_200(
        Seen.SECOND,
        request -> request.answer("{\"error\":{\"message\":\"no\",\"type\":\"server_error\"}}")),
    STALLS(Seen.SECOND, Failing::stall),
    STREAM_STALLS(
        Seen.SECOND,
        request -> {
          request.stream();
          request.chunk(OPENAI_STREAM[0] + "\n");
          stall(request);
        }),
    STREAM_ERRS_AT_ONCE(
        Seen.SECOND,
        request ->
            request.streamed(
                "data: {\"error\":{\"message\":\"no\",\"type\":\"server_error\"}}\n\n")),
    STREAM_IS_CUT_AT_ONCE(
        Seen.SECOND,
        request -> {
          request.stream();
          request.chunk(OPENAI_STREAM[0] + "\n");
          request.connection().close();
        }),
    STREAM_IS_CUT(
        Seen.CUT,
        request -> {
          request.stream();
          request.chunk(OPENAI_STREAM[0] + "\n" + OPENAI_STREAM[1] + "\n");
          request.connection().close();
        }),
    REFUSES_THE_QUESTION(Seen.REFUSED, error("400 Bad Request", "", "invalid_value")),
    FILTERS_THE_QUESTION(Seen.REFUSED, error("400 Bad Request", "", "content_filter"));

    private final Seen seen;

    @SuppressWarnings("ImmutableEnumChecker") // Lambdas without a state.
    private final Script script;

    Failing(Seen seen, Script script) {
      this.seen = seen;
      this.script = script;
    }

    private static Script error(String status, String fields, String code) {
      return request ->
          request.answer(
              status,
              "Content-Type: application/json\r\n" + fields,
              "",
              "{\"error\":{\"message\":\"no\",\"type\":\"x\",\"code\":\"" + code + "\"}}");
    }

    private static void stall(ScriptedProvider.Request request) throws IOException {
      // Until the gateway gives it up.
      assertThat(request.connection().in().read()).isNegative();
    }

    private boolean stalls() {
      return this == STALLS || this == STREAM_STALLS;
    }

    private boolean isStream() {
      return name().startsWith("STREAM");
    }
  }

  /** What the client sees. */
  private enum Seen {
    SECOND,
    CUT,
    REFUSED
  }

  private ModelPod pod(Model.Provider standIn) {
    return pod.model("gpt", Model.Provider.OPENAI, first.port(), "/v1")
        .standIn("other", "gpt", standIn, second.port());
  }

  @AfterEach
  void end() {
    pod.close();
    first.close();
    second.close();
  }

  @ParameterizedTest
  @EnumSource
  void eachFailureIsOneForTheNextOrNot(Failing failing) {
    pod(Model.Provider.ANTHROPIC);
    if (failing.stalls()) {
      pod.beginning(1_500);
    }
    pod.serve();
    first.script = failing.script;
    for (String path : List.of(OPENAI, ANTHROPIC)) {
      HttpResponse<String> answer =
          pod.post(path, failing.isStream() ? streamed("gpt", "hi") : question("gpt", "hi"));
      assertThat(second.requests.isEmpty()).isEqualTo(failing.seen != Seen.SECOND);
      switch (failing.seen) {
        case SECOND -> {
          assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
          assertThat(answer.body()).contains("Hello", "there").doesNotContain("error");
          assertThat(answer.body())
              .contains(path.equals(OPENAI) ? "\"finish_reason\":\"stop\"" : "end_turn");
        }
        case CUT -> {
          assertThat(answer.statusCode()).isEqualTo(200);
          assertThat(answer.body()).contains("Hello", "error").doesNotContain("there", "[DONE]");
        }
        case REFUSED -> assertThat(answer.statusCode()).isEqualTo(400);
      }
    }
  }

  /** The same failures are a key's, where the model has another. */
  @ParameterizedTest
  @EnumSource(names = {"LIMITS", "DOES_NOT_KNOW_THE_GATEWAY"})
  void whatIsOfOneKeyIsAnsweredByAnother(Failing failing) {
    pod(Model.Provider.ANTHROPIC).changed(this::withTwoKeys).serve();
    first.script =
        request -> {
          if (request.field("authorization").equals("Bearer sk-bad")) {
            failing.script.answer(request);
          } else {
            request.answer(OPENAI_ANSWER);
          }
        };
    for (int i = 0; i < 20; i++) {
      assertThat(pod.post(OPENAI, question("gpt", "hi")).body()).isEqualTo(OPENAI_ANSWER);
    }
    assertThat(second.requests).isEmpty();
    first.script = failing.script;
    assertThat(pod.post(OPENAI, question("gpt", "hi")).statusCode()).isEqualTo(200);
    assertThat(second.requests).hasSize(1);
  }

  private Model withTwoKeys(Model model) {
    return model.id().equals("test/gpt")
        ? model.withKeys(
            Stream.of("sk-bad", "sk-good")
                .map(key -> new Model.Key(Objects.requireNonNull(pod.pod.value(key)), 1))
                .toList())
        : model;
  }

  @Test
  void oneWhoCannotBeConnectedIsPassedOver() {
    first.close();
    pod(Model.Provider.ANTHROPIC).serve();
    assertThat(pod.post(OPENAI, question("gpt", "hi")).body()).contains("Hello there");
  }

  @Test
  void whereAllFailTheFirstOnesWordIsTold() {
    pod(Model.Provider.ANTHROPIC).serve();
    first.script = Failing.LIMITS.script;
    second.script = request -> request.answer("500 Internal Server Error", "text/plain", "no");
    HttpResponse<String> answer = pod.post(OPENAI, question("gpt", "hi"));
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("retry-after")).hasValue("7");
    assertThat(second.requests).hasSize(1);
  }

  /** It is told the client's own words, and no other model's name. */
  @Test
  void theQuestionGoesOnInTheDialectOfWhoStandsIn() {
    pod(Model.Provider.ANTHROPIC).serve();
    first.script = Failing.ERRS.script;
    pod.post(OPENAI, question("gpt", "hi"));
    assertThat(second.last().body()).contains("provider-other", "hi").doesNotContain("\"gpt\"");
    assertThat(second.last().head()).contains("POST /v1/messages ");
    assertThat(second.last().head().toLowerCase(Locale.ROOT)).doesNotContain("sk-of-gpt");
  }

  /** Who has no words for the question is passed over. */
  @Test
  void oneWhoCannotBeToldTheQuestionIsNotAsked() {
    pod(Model.Provider.ANTHROPIC).serve();
    first.script = Failing.ERRS.script;
    HttpResponse<String> answer = pod.post(OPENAI, question("gpt", "hi", ",\"seed\":1"));
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(second.requests).isEmpty();
  }

  @Test
  void whoIsBusyRestsMeanwhile() {
    pod(Model.Provider.ANTHROPIC).serve();
    first.script = Failing.LIMITS.script;
    for (int i = 0; i < 5; i++) {
      assertThat(pod.post(OPENAI, question("gpt", "hi")).statusCode()).isEqualTo(200);
    }
    assertThat(first.requests).hasSize(1);
    assertThat(second.requests).hasSize(5);
  }

  @Test
  void anAnswerOfAnotherIsNotKept() {
    pod(Model.Provider.OPENAI).cached(ModelPod.KEPT).serve();
    first.script = Failing.ERRS.script;
    second.script = request -> request.answer(OPENAI_ANSWER);
    HttpResponse<String> answer = pod.post(OPENAI, question("gpt", "hi"));
    assertThat(answer.body()).isEqualTo(OPENAI_ANSWER);
    first.script = request -> request.answer(OPENAI_ANSWER.replace("Hello", "Good day"));
    assertThat(pod.post(OPENAI, question("gpt", "hi")).body()).contains("Good day there");
    assertThat(ModelPod.status(pod.post(OPENAI, question("gpt", "hi")))).contains("hit");
    assertThat(first.requests).hasSize(2);
  }

  @Test
  void whoIsBusyIsAskedAgainAfterTheTimeItSaid() {
    pod.model("gpt", Model.Provider.OPENAI, first.port(), "/v1").trying(1).serve();
    first.script =
        request -> {
          if (first.requests.size() == 1) {
            Failing.error("429 Too Many Requests", "Retry-After: 0\r\n", "x").answer(request);
          } else {
            request.answer(OPENAI_ANSWER);
          }
        };
    assertThat(pod.post(OPENAI, question("gpt", "hi")).body()).isEqualTo(OPENAI_ANSWER);
    first.script = Failing.error("429 Too Many Requests", "Retry-After: 3600\r\n", "x");
    assertThat(pod.post(OPENAI, question("gpt", "hi")).statusCode()).isEqualTo(429);
    assertThat(first.requests).hasSize(3);
  }

  @Test
  void withoutAnotherALateAnswerIsATimeout() {
    pod.model("gpt", Model.Provider.OPENAI, first.port(), "/v1").beginning(200).serve();
    first.script = Failing::stall;
    assertThat(pod.post(OPENAI, question("gpt", "hi")).statusCode()).isEqualTo(504);
  }
}
