package io.warmgate.aisimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.openai.core.JsonValue;
import com.openai.core.ObjectMappers;
import com.openai.errors.OpenAIInvalidDataException;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.completions.Completion;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseStreamEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the gateway's files of cases say that a client of Responses or Completions is answered: the
 * official SDK takes it, with validation on, and knows every field. Files alone are read, so that
 * nothing here depends on what wrote them.
 */
// The SDK's only word for fields that it does not know is deprecated.
@SuppressWarnings("deprecation")
class WrittenAnswersTest {
  private static final JsonMapper JSON = ObjectMappers.jsonMapper();
  private static final String DATA = "data: ";

  static List<Path> responses() {
    return files("answer", "-to-responses", "out.json");
  }

  static List<Path> streams() {
    return files("stream", "-to-responses", "out.sse");
  }

  static List<Path> completions() {
    return files("answer", "-to-completions", "out.json");
  }

  static List<Path> completionStreams() {
    return files("stream", "-to-completions", "out.sse");
  }

  private static List<Path> files(String kind, String pair, String name) {
    Path root =
        Path.of(System.getProperty("warmgate.root", "../.."))
            .resolve("gateway-runtime/ai/src/test/resources/golden")
            .resolve(kind);
    try (Stream<Path> files = Files.walk(root)) {
      List<Path> found =
          files
              .filter(file -> file.endsWith(name))
              // <kind>/<provider>-to-<front>/<case>/<name>
              .filter(file -> file.getName(file.getNameCount() - 3).toString().endsWith(pair))
              .sorted()
              .toList();
      assertThat(found).as("%s of %s%s", name, kind, pair).hasSizeGreaterThan(5);
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("responses")
  void isAResponse(Path file) throws IOException {
    known(JSON.readValue(Files.readString(file), Response.class).validate());
  }

  private static void known(Response response) {
    // OpenAI sends it, though its specification has it in requests alone.
    assertThat(response._additionalProperties()).isEqualTo(Map.of("store", JsonValue.from(false)));
    response.usage().ifPresent(usage -> assertThat(usage._additionalProperties()).isEmpty());
    response
        .output()
        .forEach(
            item -> {
              assertThat(item.isMessage() || item.isFunctionCall() || item.isReasoning()).isTrue();
              item.message().ifPresent(m -> assertThat(m._additionalProperties()).isEmpty());
              item.functionCall().ifPresent(c -> assertThat(c._additionalProperties()).isEmpty());
              item.reasoning().ifPresent(r -> assertThat(r._additionalProperties()).isEmpty());
            });
  }

  @ParameterizedTest
  @MethodSource("streams")
  void isAStreamOfResponses(Path file) throws IOException {
    var accumulator = ResponseAccumulator.create();
    ResponseStreamEvent last = null;
    for (String data : data(file)) {
      last = JSON.readValue(data, ResponseStreamEvent.class).validate();
      accumulator.accumulate(last);
    }
    assertThat(last).isNotNull();
    if (last.isError()) {
      return;
    }
    Response told =
        last.isCompleted()
            ? last.asCompleted().response()
            : last.isIncomplete() ? last.asIncomplete().response() : last.asFailed().response();
    known(told);
    assertThat(accumulator.response()).isEqualTo(told);
  }

  @ParameterizedTest
  @MethodSource("completions")
  void isACompletion(Path file) throws IOException {
    Completion completion = JSON.readValue(Files.readString(file), Completion.class).validate();
    assertThat(completion._additionalProperties()).isEmpty();
    assertThat(completion.choices()).hasSize(1);
  }

  /**
   * OpenAI's own pieces have no {@code finish_reason} but for the last one, which the SDK's
   * validation takes for an answer's that lacks it: of the others it is asked for what they have.
   */
  @ParameterizedTest
  @MethodSource("completionStreams")
  void isAStreamOfCompletions(Path file) throws IOException {
    int ends = 0;
    for (String data : data(file)) {
      if (data.equals("[DONE]") || data.startsWith("{\"error\"")) {
        continue;
      }
      Completion piece = JSON.readValue(data, Completion.class);
      boolean last = piece.choices().stream().noneMatch(c -> c._finishReason().isNull());
      if (last) {
        piece.validate();
        ends += piece.choices().size();
      } else {
        assertThat(piece.choices().getFirst().text()).isNotEmpty();
        assertThat(piece.choices().getFirst().index()).isZero();
        assertThat(piece._object_().convert(String.class)).isEqualTo("text_completion");
      }
    }
    assertThat(ends).isEqualTo(data(file).contains("[DONE]") ? 1 : 0);
  }

  /** Whether the SDK would see it: what it needs is missing here. */
  @Test
  void aFieldThatIsMissingIsSeen() throws IOException {
    String whole = Files.readString(responses().getFirst());
    String without = whole.replace("\"parallel_tool_calls\" : true,", "");
    assertThat(without).isNotEqualTo(whole);
    Response response = JSON.readValue(without, Response.class);
    assertThatThrownBy(response::validate).isInstanceOf(OpenAIInvalidDataException.class);
  }

  private static List<String> data(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith(DATA))
        .map(line -> line.substring(DATA.length()))
        .toList();
  }
}
