package io.warmgate.aisimulator.answer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.warmgate.aisimulator.answer.Reply.End;
import io.warmgate.aisimulator.model.ModelBehavior;
import io.warmgate.aisimulator.model.ModelBehavior.ForcedEnd;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Answers: what is said depends on the transcript, the model's name and its version alone. The
 * first word of what the user said last steers it: {@code say}, {@code count}, {@code refuse},
 * {@code filter}.
 */
public final class Answering {
  private static final int ECHOED_TOKENS = 40;
  private static final int MAX_COUNT = 10_000;
  private static final List<String> REFUSAL = Tokens.of("I cannot help with that.");

  private Answering() {}

  /**
   * One answer.
   *
   * @param choice which of several answers, from 0; each is another one
   */
  public static Reply reply(Question question, String model, ModelBehavior behavior, int choice) {
    String said = question.transcript().lastUserText().strip();
    List<String> thoughts =
        question.thinking() ? Tokens.of("They said: " + echo(said)) : List.<String>of();
    if (behavior.end() == ForcedEnd.REFUSED || startsWith(said, "refuse")) {
      return new Reply(thoughts, REFUSAL, List.of(), End.REFUSED, "");
    }
    if (question.transcript().lastToolResults().isEmpty()) {
      List<ToolCall> calls =
          question.tools().calledFor(said).stream()
              .map(tool -> new ToolCall(tool.name(), SampleJson.of(tool.parameters(), said)))
              .toList();
      if (!calls.isEmpty()) {
        return new Reply(thoughts, List.of(), calls, End.CALLS, "");
      }
    }
    String text = text(question, said, model + " version " + behavior.version(), choice);
    var whole = new Reply(thoughts, Tokens.of(text), List.of(), End.DONE, "");
    return Ending.of(whole, question, forced(behavior, said));
  }

  private static End forced(ModelBehavior behavior, String said) {
    if (behavior.end() == ForcedEnd.LENGTH) {
      return End.LENGTH;
    }
    return behavior.end() == ForcedEnd.FILTERED || startsWith(said, "filter")
        ? End.FILTERED
        : End.DONE;
  }

  private static boolean startsWith(String said, String word) {
    return said.equals(word) || said.startsWith(word + " ");
  }

  private static String text(Question question, String said, String whoAmI, int choice) {
    String prose = prose(question.transcript(), said, whoAmI) + (choice == 0 ? "" : " #" + choice);
    return switch (question.form()) {
      case Form.Prose anything -> prose;
      case Form.JsonObject object ->
          JsonNodeFactory.instance.objectNode().put("answer", prose).toString();
      case Form.JsonBySchema by -> SampleJson.of(by.schema(), said).toString();
    };
  }

  private static String prose(Transcript transcript, String said, String whoAmI) {
    if (!transcript.lastToolResults().isEmpty()) {
      return "The tools say: " + transcript.lastToolResults();
    }
    if (said.startsWith("say ")) {
      return said.substring("say ".length());
    }
    if (said.matches("count \\d{1,5}")) {
      int to = Math.min(MAX_COUNT, Integer.parseInt(said.substring("count ".length())));
      return IntStream.rangeClosed(1, to)
          .mapToObj(Integer::toString)
          .collect(Collectors.joining(" "));
    }
    String seen = transcript.images() == 0 ? "" : " with " + transcript.images() + " image(s)";
    return "You said \"%s\"%s. I am %s; this conversation is %s."
        .formatted(echo(said), seen, whoAmI, Digest.brief(transcript.toString()));
  }

  private static String echo(String said) {
    return Tokens.of(said).stream().limit(ECHOED_TOKENS).collect(Collectors.joining());
  }
}
