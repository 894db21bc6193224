package io.warmgate.server.exchange;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.warmgate.httpcache.Fields;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Several questions that one request asks of a model, each of which is kept by itself: what was
 * asked among others answers who asks it alone, and the other way round. The model is asked those
 * that {@link OriginRequest#items} names, and says what each of them would have got alone ({@link
 * Worth.Apart}).
 */
public interface Items {

  /** Those that differ, each as a request of it alone would be; at least one. */
  List<Question> questions();

  /** How many the client asked, those that it asked twice included. */
  int asked();

  /**
   * What one of them is answered, as it is kept.
   *
   * @param stored the fields that were kept with it; null: it came now
   */
  record Answer(Buffer body, @Nullable Fields stored) {}

  /**
   * Makes one answer of them, in the client's own form.
   *
   * @param answers one for each question, in their order
   * @return with the fields that only it has; empty where the answers are of several models, or
   *     cannot be read: then they are not to be mixed. Completes on the caller's context.
   */
  Future<Optional<Worth.Instead>> joined(List<Answer> answers);
}
