package io.warmgate.server.ai;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.warmgate.ai.embedding.EmbeddingAnswer;
import io.warmgate.ai.embedding.EmbeddingAnswers;
import io.warmgate.ai.embedding.EmbeddingBatch;
import io.warmgate.ai.embedding.EmbeddingOutcome;
import io.warmgate.ai.embedding.EmbeddingRequest.Encoding;
import io.warmgate.httpcache.Fields;
import io.warmgate.server.exchange.Items;
import io.warmgate.server.exchange.Question;
import io.warmgate.server.exchange.Tokens;
import io.warmgate.server.exchange.Worth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Texts whose vectors are kept one by one.
 *
 * @param encoding that the client reads
 * @param questions one for each item of the batch
 */
record EmbeddingItems(EmbeddingBatch batch, Encoding encoding, List<Question> questions)
    implements Items {

  EmbeddingItems {
    questions = List.copyOf(questions);
  }

  @Override
  public int asked() {
    return batch.inputs();
  }

  @Override
  public Future<Optional<Worth.Instead>> joined(List<Answer> answers) {
    int length = 0;
    for (Answer answer : answers) {
      length += answer.body().length();
    }
    return OffLoop.where(length, () -> join(answers));
  }

  private Optional<Worth.Instead> join(List<Answer> answers) {
    List<EmbeddingAnswer> read = new ArrayList<>(answers.size());
    UsageField.Took saved = UsageField.Took.NOTHING;
    for (Answer answer : answers) {
      if (!(EmbeddingAnswers.read(answer.body().getBytes(), 1)
          instanceof EmbeddingOutcome.Answered(EmbeddingAnswer one))) {
        return Optional.empty();
      }
      read.add(one);
      saved = answer.stored() == null ? saved : saved.plus(took(answer.stored()));
    }
    // Where nothing was saved the field says nothing: what the fetch took is not told as saved.
    String usage = saved.equals(UsageField.Took.NOTHING) ? "" : UsageField.write(saved);
    Map<String, String> fields = Map.of("content-type", "application/json", UsageField.NAME, usage);
    return batch
        .joined(read)
        .map(
            whole ->
                new Worth.Instead(fields, Buffer.buffer(EmbeddingAnswers.write(whole, encoding))));
  }

  private static UsageField.Took took(Fields stored) {
    String field = stored.first(UsageField.NAME);
    UsageField.Took took = field == null ? null : UsageField.read(field);
    return took == null
        ? UsageField.Took.NOTHING
        : new UsageField.Took(Tokens.of(took.tokens().total(), 0), took.micros());
  }
}
