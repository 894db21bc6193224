package io.warmgate.operator.warm;

import io.warmgate.config.admin.WarmRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Requests that go to a pod in one order, which has a bound in bytes. */
final class Batch {
  /** In characters of questions: escaped, and in UTF-8, they are well within what a pod reads. */
  private static final int MOST_CHARACTERS = 2 << 20;

  private static final int CHARACTERS_A_MILLI = 200;

  private Batch() {}

  /**
   * As many of the first as go together; at least one.
   *
   * @param most at most so many
   * @param questions at most so many of them that ask models; those beyond are passed over
   */
  static List<WarmRequest> first(List<WarmRequest> requests, int most, int questions) {
    List<WarmRequest> batch = new ArrayList<>();
    long characters = 0;
    int asked = 0;
    for (WarmRequest request : requests) {
      WarmRequest.Question question = request.question();
      if (question != null && asked == questions) {
        continue;
      }
      int more = characters(request);
      if (batch.size() == most || (!batch.isEmpty() && characters + more > MOST_CHARACTERS)) {
        break;
      }
      batch.add(request);
      characters += more;
      asked += question == null ? 0 : 1;
    }
    return batch;
  }

  /**
   * For how long they are not sent again: to be certified each goes to every pod, whole. Five
   * seconds for a million characters.
   */
  static Duration pause(List<WarmRequest> requests) {
    return Duration.ofMillis(
        requests.stream().mapToLong(Batch::characters).sum() / CHARACTERS_A_MILLI);
  }

  private static int characters(WarmRequest request) {
    WarmRequest.Question question = request.question();
    return question == null ? 0 : question.content().length();
  }
}
