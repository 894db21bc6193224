package io.warmgate.server.ai;

import io.vertx.core.MultiMap;
import io.warmgate.ai.Dialect;
import io.warmgate.ai.Front;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.embedding.EmbeddingRequest;
import io.warmgate.ai.embedding.EmbeddingRequests;
import io.warmgate.ai.json.Json;
import io.warmgate.ai.privacy.SensitiveClass;
import io.warmgate.ai.privacy.SensitiveQuestion;
import io.warmgate.config.CacheRule;
import io.warmgate.config.Rule;
import io.warmgate.httpcache.Reason;
import io.warmgate.server.exchange.Problem;
import io.warmgate.server.exchange.ProblemException;
import io.warmgate.server.exchange.Question;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads what a client sent, and who of a rule is asked it. On any thread.
 *
 * @param front that the client speaks to
 * @param models by id
 * @param asker who asks
 * @param memory of what was asked before
 * @param fields of the client's head
 * @param nowSeconds since the epoch
 */
record QuestionReader(
    Front front,
    Rule rule,
    Map<String, ServedModel> models,
    Asker asker,
    QuestionMemory memory,
    MultiMap fields,
    long nowSeconds) {

  /**
   * @param sent JSON in UTF-8
   * @throws ProblemException where it cannot be read, or nobody can be asked it
   */
  Understood read(Operation operation, byte[] sent) {
    try {
      return operation == Operation.EMBEDDINGS ? embeddings(sent) : chat(sent);
    } catch (TranslationException e) {
      throw new ProblemException(Problem.MODEL_REQUEST, e);
    }
  }

  private Understood chat(byte[] sent) {
    CacheRule cache = rule.cache();
    ChatReader reader = new ChatReader(front, sent, models, asker, fields, nowSeconds);
    return cache == null
        ? reader.unkept(rule)
        : reader.kept(rule, cache, isRemembered() ? memory : null);
  }

  /**
   * The bytes that clients of a prompt send are no question without it, and the gateway's own are
   * asked once.
   */
  private boolean isRemembered() {
    return asker instanceof Asker.Client && front.dialect() != Dialect.PROMPT;
  }

  /** No other model's vectors stand in for those of the one that was chosen. */
  private Understood embeddings(byte[] sent) {
    EmbeddingRequest request = EmbeddingRequests.read(sent);
    Choice chosen = Choice.ofEmbeddings(rule, models, request.model(), asker).getFirst();
    EmbeddingsAsked asked = EmbeddingsAsked.of(front, request, sent, chosen.model(), fields);
    CacheRule cache = rule.cache();
    Question question = cache == null ? null : kept(cache, asked, sent);
    return new Understood(List.of(chosen), _ -> asked, asked, question, asked::rewriting);
  }

  /** What is private of one text keeps no other one out of the cache. */
  private static Question kept(CacheRule cache, EmbeddingsAsked asked, byte[] sent) {
    boolean keepsAll = cache.options().conditions().sensitive() != null;
    Question question =
        asked.question(
            input -> keepsAll || SensitiveQuestion.find(input).isEmpty() ? null : Reason.SENSITIVE);
    return mine(cache, question, sent, Set::of);
  }

  /** As a rule's policy would have it. */
  static Question mine(
      CacheRule cache, Question question, byte[] sent, Supplier<Set<SensitiveClass>> sensitive) {
    return question.never() != null
        ? question
        : Privacy.of(question, cache.options().conditions(), () -> Json.parse(sent), sensitive);
  }
}
