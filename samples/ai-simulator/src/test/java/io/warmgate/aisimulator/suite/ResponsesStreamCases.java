package io.warmgate.aisimulator.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Streamed answers of the Responses API. */
public interface ResponsesStreamCases extends OpenAiTarget {
  @Test
  default void streamsAResponse() {
    ResponseCreateParams request = responding("tell me something").build();
    List<ResponseStreamEvent> events = events(request);

    assertThat(events.getFirst().isCreated()).isTrue();
    assertThat(events.getLast().isCompleted()).isTrue();
    String deltas =
        events.stream()
            .filter(ResponseStreamEvent::isOutputTextDelta)
            .map(event -> event.asOutputTextDelta().delta())
            .collect(Collectors.joining());
    Response plain = openAi().responses().create(request);
    assertThat(deltas).isEqualTo(ResponsesCases.text(plain));
    Response streamed = whole(events);
    assertThat(ResponsesCases.text(streamed)).isEqualTo(deltas);
    assertThat(streamed.usage().orElseThrow().totalTokens())
        .isEqualTo(plain.usage().orElseThrow().totalTokens());
  }

  @Test
  default void streamsAnIncompleteResponse() {
    List<ResponseStreamEvent> events = events(responding("count 9").maxOutputTokens(2).build());

    assertThat(events.getLast().isIncomplete()).isTrue();
  }

  @Test
  default void streamsACall() {
    List<ResponseStreamEvent> events =
        events(ResponsesCases.withTool(responding("get_weather in Rome")).build());

    var done =
        events.stream()
            .filter(ResponseStreamEvent::isFunctionCallArgumentsDone)
            .findFirst()
            .orElseThrow()
            .asFunctionCallArgumentsDone();
    String deltas =
        events.stream()
            .filter(ResponseStreamEvent::isFunctionCallArgumentsDelta)
            .map(event -> event.asFunctionCallArgumentsDelta().delta())
            .collect(Collectors.joining());
    assertThat(done.arguments()).contains("\"Rome\"").isEqualTo(deltas);
    assertThat(whole(events).output().getFirst().asFunctionCall().name()).isEqualTo("get_weather");
  }

  private ResponseCreateParams.Builder responding(String text) {
    return ResponseCreateParams.builder().model(target().chatModel()).input(text);
  }

  private List<ResponseStreamEvent> events(ResponseCreateParams request) {
    try (var response = openAi().responses().createStreaming(request)) {
      return response.stream().toList();
    }
  }

  private static Response whole(List<ResponseStreamEvent> events) {
    var accumulator = ResponseAccumulator.create();
    events.forEach(accumulator::accumulate);
    return accumulator.response();
  }
}
