package io.warmgate.server.ai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.warmgate.ai.Dialect;
import io.warmgate.ai.openai.OpenAiFront;
import io.warmgate.config.BackendRef;
import io.warmgate.config.CacheRule;
import io.warmgate.config.Match;
import io.warmgate.config.Model;
import io.warmgate.config.PathMatch;
import io.warmgate.config.Retry;
import io.warmgate.config.Rule;
import io.warmgate.config.Timeouts;
import io.warmgate.httpcache.Bytes;
import io.warmgate.server.ai.SeenQuestion.Form;
import io.warmgate.server.ai.SeenQuestion.Written;
import io.warmgate.server.credential.Proofs;
import io.warmgate.server.exchange.Expected;
import io.warmgate.server.exchange.Question;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QuestionMemoryTest {
  private static final ServedModel MODEL =
      ServedModel.of(
          new Model(
              "test/gpt", Model.Provider.OPENAI, "gpt-1", List.of("gpt"), null, 512, List.of()),
          reference -> {
            throw new AssertionError(reference);
          },
          _ -> Proofs.Proof.NONE);
  private static final byte[] ASKED = Said.question("gpt", "hi").getBytes(UTF_8);

  private static Bytes mark(Dialect front, Map<String, String> passed, String sent) {
    return QuestionMemory.mark(front, passed, sent.getBytes(UTF_8));
  }

  private static SeenQuestion seen(int bytes) {
    return new SeenQuestion(
        "gpt",
        MODEL,
        ModelPod.KEPT,
        new Question("/models/test/gpt", Bytes.of(new byte[bytes]), null),
        new Expected(1, null),
        Form.AS_KEPT,
        null);
  }

  @Test
  void whateverDecidesHowAQuestionIsReadIsInItsMark() {
    List<Bytes> marks =
        List.of(
            mark(Dialect.OPENAI_CHAT, Map.of(), "{}"),
            mark(Dialect.OPENAI_COMPLETIONS, Map.of(), "{}"),
            mark(Dialect.OPENAI_RESPONSES, Map.of(), "{}"),
            mark(Dialect.ANTHROPIC_MESSAGES, Map.of(), "{}"),
            mark(Dialect.OPENAI_CHAT, Map.of(), "{} "),
            mark(Dialect.OPENAI_CHAT, Map.of("openai-beta", "a"), "{}"),
            mark(Dialect.OPENAI_CHAT, Map.of("openai-beta", "a{"), "}"),
            mark(Dialect.OPENAI_CHAT, Map.of("openai-beta", ""), "a{}"),
            mark(Dialect.OPENAI_CHAT, Map.of("openai-bet", "aa"), "{}"),
            mark(Dialect.OPENAI_CHAT, Map.of("a", "b", "c", "d"), "{}"));
    assertThat(marks).doesNotHaveDuplicates().allMatch(mark -> mark.length() == 32);
    assertThat(mark(Dialect.OPENAI_CHAT, Map.of(), "{}")).isEqualTo(marks.getFirst());
  }

  @Test
  void itsMemoryIsBounded() {
    long most = 64 << 10;
    QuestionMemory memory = new QuestionMemory(most);
    for (int i = 0; i < 1_000; i++) {
      memory.answered(mark(Dialect.OPENAI_CHAT, Map.of(), "question " + i), seen(1_000));
    }
    assertThat(memory.bytes()).isBetween(most / 2, most);
    memory.answered(
        mark(Dialect.OPENAI_CHAT, Map.of(), "written"),
        seen(1_000).with(new Written(Bytes.of(new byte[30_000]), Bytes.of(new byte[30_000]))));
    assertThat(memory.bytes()).isLessThanOrEqualTo(most);
  }

  @Test
  void whatIsVeryLongIsNotRemembered() {
    QuestionMemory memory = new QuestionMemory();
    Bytes mark = mark(Dialect.OPENAI_CHAT, Map.of(), "long");
    memory.answered(mark, seen(OffLoop.LARGE));
    assertThat(memory.find(mark)).isNull();
    memory.answered(mark, seen(OffLoop.LARGE / 2));
    assertThat(memory.find(mark)).isNotNull();
  }

  /** Only what the cache answered is: what may not be kept is not held here either. */
  @Test
  void whatWasReadIsNotRememberedBeforeItIsAnswered() {
    QuestionMemory memory = new QuestionMemory();
    assertThat(read(memory).asked()).isInstanceOf(ChatAsked.class);
    assertThat(read(memory).asked()).isInstanceOf(ChatAsked.class);
    assertThat(memory.bytes()).isZero();
  }

  @Test
  void whatWasAnsweredIsNotReadAgainBeforeItIsNeeded() {
    QuestionMemory memory = new QuestionMemory();
    Understood first = read(memory);
    SeenQuestion seen = ((SeenAnswers) first.rewriting().apply(_ -> {})).seen();
    memory.answered(QuestionMemory.mark(Dialect.OPENAI_CHAT, Map.of(), ASKED), seen);
    Understood again = read(memory);
    assertThat(again.asked()).isInstanceOf(SeenAsked.class);
    assertThat(again.question()).isSameAs(first.question());
    assertThat(again.asked().expected()).isEqualTo(first.asked().expected());
    assertThat(again.asked().body()).isEqualTo(first.asked().body());
    assertThat(again.asked().accept()).isEqualTo(first.asked().accept());
    assertThat(again.asked().path()).isEqualTo(first.asked().path());
  }

  /** Where weights draw another of the models that are called so. */
  @Test
  void ofAnotherModelItIsReadAnew() {
    QuestionMemory memory = new QuestionMemory();
    SeenQuestion seen = ((SeenAnswers) read(memory).rewriting().apply(_ -> {})).seen();
    Model other =
        new Model(
            "test/other", Model.Provider.OPENAI, "gpt-2", List.of("gpt"), null, 512, List.of());
    ServedModel chosen = ServedModel.of(other, _ -> new byte[0], _ -> Proofs.Proof.NONE);
    memory.answered(
        QuestionMemory.mark(Dialect.OPENAI_CHAT, Map.of(), ASKED),
        new SeenQuestion(
            seen.name(),
            chosen,
            ModelPod.KEPT,
            seen.question(),
            seen.expected(),
            seen.form(),
            null));
    assertThat(read(memory).asked()).isInstanceOf(ChatAsked.class);
  }

  /** Another policy may say of the same question that nothing of it is kept. */
  @Test
  void underAnotherPolicyItIsReadAnew() {
    QuestionMemory memory = new QuestionMemory();
    SeenQuestion seen = ((SeenAnswers) read(memory).rewriting().apply(_ -> {})).seen();
    memory.answered(QuestionMemory.mark(Dialect.OPENAI_CHAT, Map.of(), ASKED), seen);
    CacheRule other =
        new CacheRule(
            61_000L,
            null,
            null,
            null,
            new CacheRule.QueryKey(CacheRule.QueryKey.Mode.ALL, List.of()),
            List.of(),
            CacheRule.Tags.NONE,
            30_000,
            CacheRule.OnLogLoss.SERVE);
    assertThat(read(memory, other).asked()).isInstanceOf(ChatAsked.class);
    assertThat(read(memory, ModelPod.KEPT).asked()).isInstanceOf(SeenAsked.class);
  }

  private static Understood read(QuestionMemory memory) {
    return read(memory, ModelPod.KEPT);
  }

  private static Understood read(QuestionMemory memory, CacheRule policy) {
    Rule rule =
        new Rule(
            "0",
            List.of(
                new Match(new PathMatch(PathMatch.Type.PREFIX, "/"), List.of(), List.of(), null)),
            List.of(),
            List.of(new BackendRef("gpt", 1, "g1", "test/gpt", null)),
            null,
            new Timeouts(0, 0),
            new Retry(0, 0),
            policy);
    return new QuestionReader(
            new OpenAiFront(0),
            rule,
            Map.of("test/gpt", MODEL),
            new Asker.Client(List.of()),
            memory,
            MultiMap.caseInsensitiveMultiMap(),
            0)
        .read(Operation.CHAT_COMPLETIONS, ASKED);
  }
}
