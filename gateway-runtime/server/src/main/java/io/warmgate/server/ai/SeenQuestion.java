package io.warmgate.server.ai;

import io.warmgate.config.CacheRule;
import io.warmgate.httpcache.Bytes;
import io.warmgate.server.exchange.Expected;
import io.warmgate.server.exchange.Question;
import org.jspecify.annotations.Nullable;

/**
 * What a question came to, as far as a hit needs to know it: of what was asked it holds the key
 * alone, which the entry that answered has as well.
 *
 * @param name that the client calls the model by
 * @param model that was chosen
 * @param policy of the rule, which has a word in what is kept
 * @param question as the cache sees it under that policy
 * @param expected what asking it would take
 * @param form of the answer that the client wants
 * @param written what an entry came to for this client, last; null: nothing yet
 */
record SeenQuestion(
    String name,
    ServedModel model,
    CacheRule policy,
    Question question,
    Expected expected,
    Form form,
    @Nullable Written written) {

  /** What an answer becomes on its way from the cache to the client. */
  enum Form {
    /** Nothing: it is told as it is kept. */
    AS_KEPT,
    /** A whole answer of another dialect. */
    WHOLE,
    STREAM
  }

  /**
   * @param kept the entry's content
   * @param told what the client gets for it
   */
  record Written(Bytes kept, Bytes told) {}

  SeenQuestion with(Written last) {
    return new SeenQuestion(name, model, policy, question, expected, form, last);
  }

  /** In memory, about. */
  int bytes() {
    int answers = written == null ? 0 : written.kept().length() + written.told().length();
    return 512 + name.length() + question.material().length() + answers;
  }
}
