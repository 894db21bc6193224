package io.warmgate.server.ai;

import io.vertx.core.MultiMap;
import io.warmgate.ai.Front;
import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.privacy.SensitiveQuestion;
import io.warmgate.config.CacheRule;
import io.warmgate.config.Rule;
import io.warmgate.httpcache.Bytes;
import io.warmgate.server.ai.SeenQuestion.Form;
import io.warmgate.server.exchange.Question;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads a conversation's next turn, or remembers what the same bytes came to. */
final class ChatReader {
  /**
   * Questions with more bytes are read anew each time: to read one takes so long that no other
   * request may wait for it, and whether that is needed is known too late.
   */
  private static final int MOST_REMEMBERED = OffLoop.LARGE - 1;

  private final Front front;
  private final byte[] sent;
  private final Map<String, ServedModel> models;
  private final Asker asker;
  private final MultiMap fields;
  private final long nowSeconds;

  /**
   * @param sent JSON in UTF-8
   * @param models by id
   * @param asker who asks
   * @param fields of the client's head
   * @param nowSeconds since the epoch
   */
  ChatReader(
      Front front,
      byte[] sent,
      Map<String, ServedModel> models,
      Asker asker,
      MultiMap fields,
      long nowSeconds) {
    this.front = front;
    this.sent = sent;
    this.models = models;
    this.asker = asker;
    this.fields = fields;
    this.nowSeconds = nowSeconds;
  }

  /** Of a rule that keeps no answers: nobody needs to know the question's key. */
  Understood unkept(Rule rule) {
    ChatRequest request = front.readRequest(sent);
    List<Choice> order = order(rule, request.model());
    Function<Choice, Asked> asking = asking(() -> request);
    Asked asked = asking.apply(order.getFirst());
    return new Understood(order, asking, asked, null, asked::rewriting);
  }

  /**
   * Of a rule that keeps answers.
   *
   * @param cache its policy
   * @param memory null: it is neither looked for nor remembered
   */
  Understood kept(Rule rule, CacheRule cache, @Nullable QuestionMemory memory) {
    if (memory == null || sent.length > MOST_REMEMBERED) {
      return anew(rule, cache, null, Bytes.EMPTY);
    }
    Bytes mark =
        QuestionMemory.mark(front.dialect(), PassedFields.of(fields, front.dialect()), sent);
    SeenQuestion seen = memory.find(mark);
    if (seen != null && seen.policy().equals(cache)) {
      List<Choice> order = order(rule, seen.name());
      if (order.getFirst().model().equals(seen.model())) {
        return again(order, seen, memory, mark);
      }
    }
    return anew(rule, cache, memory, mark);
  }

  private Understood again(
      List<Choice> order, SeenQuestion seen, QuestionMemory memory, Bytes mark) {
    Function<Choice, Asked> asking = asking(new Once<>(() -> front.readRequest(sent)));
    SeenAsked asked = new SeenAsked(seen, new Once<>(() -> asking.apply(order.getFirst())));
    return new Understood(
        order,
        asking,
        asked,
        seen.question(),
        heard -> new SeenAnswers(memory, mark, seen, () -> asked.rewriting(heard)));
  }

  /**
   * @param memory null: it is not remembered
   */
  private Understood anew(Rule rule, CacheRule cache, @Nullable QuestionMemory memory, Bytes mark) {
    ChatRequest request = front.readRequest(sent);
    List<Choice> order = order(rule, request.model());
    Function<Choice, Asked> asking = asking(() -> request);
    Asked asked = asking.apply(order.getFirst());
    Question question =
        QuestionReader.mine(cache, asked.question(), sent, () -> SensitiveQuestion.find(request));
    if (memory == null) {
      return new Understood(order, asking, asked, question);
    }
    ServedModel model = asked.model();
    Form form = form(request, model);
    SeenQuestion seen =
        new SeenQuestion(request.model(), model, cache, question, asked.expected(), form, null);
    return new Understood(
        order,
        asking,
        asked,
        question,
        heard -> new SeenAnswers(memory, mark, seen, () -> asked.rewriting(heard)));
  }

  private Form form(ChatRequest request, ServedModel model) {
    if (request.delivery().form().isStream()) {
      return Form.STREAM;
    }
    return front.dialect() == model.provider().dialect() ? Form.AS_KEPT : Form.WHOLE;
  }

  private List<Choice> order(Rule rule, String name) {
    return asker.order(Choice.of(rule, models, name, asker));
  }

  private Function<Choice, Asked> asking(Supplier<ChatRequest> request) {
    return choice -> ChatAsked.of(front, request.get(), sent, choice.model(), fields, nowSeconds);
  }
}
