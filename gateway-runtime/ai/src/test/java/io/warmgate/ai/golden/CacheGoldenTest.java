package io.warmgate.ai.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.ai.Front;
import io.warmgate.ai.Provider;
import io.warmgate.ai.cache.Defaults;
import io.warmgate.ai.cache.InferenceKey;
import io.warmgate.ai.cache.NeverStored;
import io.warmgate.ai.cache.Received;
import io.warmgate.ai.cache.Storability;
import io.warmgate.ai.cache.Verdict;
import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.json.Json;
import io.warmgate.ai.stream.StreamFold;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code canonical/<case>}: every {@code *.<front>.json} asks the same, which is {@code out.json};
 * no two folders ask the same. {@code storability/<case>}: {@code in.json} gives {@code out.txt};
 * every reason has a case.
 */
class CacheGoldenTest {
  static final String MODEL = "model-2026-11-01";
  static final Defaults DEFAULTS = Defaults.DOCUMENTED.withMaxTokens(Sides.MAX_TOKENS);

  static List<Case> canonical() {
    return Case.of("canonical", 1);
  }

  static List<Case> storability() {
    return Case.of("storability", 1);
  }

  @ParameterizedTest
  @MethodSource("canonical")
  void isOneQuestion(Case folder) {
    Set<String> digests = new HashSet<>();
    for (String file : folder.files()) {
      if (!file.equals("out.json")) {
        InferenceKey key = key(file, folder.read(file));
        digests.add(key.hex());
        folder.comesOut("out.json", Json.parse(canonical(key)));
      }
    }
    assertThat(digests).hasSize(1);
    folder.nothingElse();
  }

  @Test
  void foldersAskDifferentQuestions() {
    List<String> digests =
        canonical().stream()
            .map(
                folder -> {
                  String file =
                      folder.files().stream()
                          .filter(f -> !f.equals("out.json"))
                          .findFirst()
                          .orElseThrow();
                  return key(file, folder.read(file)).hex();
                })
            .toList();
    assertThat(digests).doesNotHaveDuplicates();
  }

  private static InferenceKey key(String file, byte[] body) {
    Front front =
        Sides.front(
            Stream.of("anthropic", "responses", "completions")
                .filter(side -> file.contains("." + side + "."))
                .findFirst()
                .orElse("openai"));
    return InferenceKey.of(front.readRequest(body), MODEL, DEFAULTS);
  }

  /** Behind the format and both lengths. */
  private static String canonical(InferenceKey key) {
    String material = new String(key.material(), StandardCharsets.UTF_8);
    return material.substring(material.indexOf('{'));
  }

  @ParameterizedTest
  @MethodSource("storability")
  void isKeptOrNot(Case folder) {
    folder.comesOut("out.txt", text(verdict(folder.json("in.json"))) + "\n");
    folder.nothingElse();
  }

  @Test
  void everyReasonHasItsCase() {
    Set<NeverStored> seen = EnumSet.noneOf(NeverStored.class);
    for (Case folder : storability()) {
      if (verdict(folder.json("in.json")) instanceof Verdict.Never(NeverStored reason, String f)) {
        seen.add(reason);
      }
    }
    assertThat(seen).containsExactlyInAnyOrder(NeverStored.values());
  }

  private static String text(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Storable() -> "storable";
      case Verdict.Never(NeverStored reason, String field) -> reason.token() + "\n" + field;
    };
  }

  private static Verdict verdict(JsonNode in) {
    String dialect = in.path("dialect").textValue();
    ChatRequest request = Sides.front(dialect).readRequest(Json.bytes(in.path("request")));
    Verdict before = Storability.ofRequest(request);
    if (before instanceof Verdict.Never) {
      return before;
    }
    Set<String> readOnly = new HashSet<>();
    in.path("readOnly").forEach(name -> readOnly.add(name.textValue()));
    String provider = Sides.isProvider(dialect) ? dialect : "openai";
    return Storability.ofAnswer(
        received(in, Sides.provider(provider)), request.generation().format(), readOnly);
  }

  private static Received received(JsonNode in, Provider provider) {
    int status = in.path("status").asInt(200);
    if (!in.has("stream")) {
      JsonNode answer = in.path("answer");
      byte[] body =
          answer.isTextual()
              ? answer.textValue().getBytes(StandardCharsets.UTF_8)
              : Json.bytes(answer);
      return new Received.Whole(status, provider.readAnswer(body));
    }
    StringBuilder sse = new StringBuilder();
    in.path("stream")
        .forEach(
            data ->
                sse.append("data: ")
                    .append(data.isTextual() ? data.textValue() : Json.string(data))
                    .append("\n\n"));
    var reader = provider.openStream();
    StreamFold fold = new StreamFold(provider.dialect());
    reader.read(sse.toString().getBytes(StandardCharsets.UTF_8)).forEach(fold::add);
    // A connection that was closed is told by who held it: here it is read as far as it came.
    if (!in.path("open").asBoolean()) {
      reader.end().forEach(fold::add);
    }
    return new Received.Streamed(status, fold.result());
  }
}
