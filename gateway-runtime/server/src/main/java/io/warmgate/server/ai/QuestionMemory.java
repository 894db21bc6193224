package io.warmgate.server.ai;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import io.warmgate.ai.Dialect;
import io.warmgate.httpcache.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What questions came to that were answered out of the cache lately, by the bytes they were asked
 * in: who asks the same again in the same bytes is not read anew. Of those bytes a digest alone is
 * held. One for the models of a revision; on any thread.
 */
final class QuestionMemory {
  /** In bytes, all of them together. */
  private static final long MOST = 8 << 20;

  /** In bytes, of one: nobody's long conversations drive out everybody's short ones. */
  private static final int MOST_OF_ONE = 256 << 10;

  /** What is not asked again by then is forgotten. */
  private static final Duration KEPT = Duration.ofMinutes(1);

  private final Cache<Bytes, SeenQuestion> seen;

  QuestionMemory() {
    this(MOST);
  }

  /**
   * @param most in bytes
   */
  QuestionMemory(long most) {
    seen =
        Caffeine.newBuilder()
            .maximumWeight(most)
            .weigher((Bytes mark, SeenQuestion question) -> mark.length() + question.bytes())
            .expireAfterAccess(KEPT)
            .scheduler(Scheduler.systemScheduler())
            .executor(Runnable::run)
            .build();
  }

  /**
   * The SHA-256 of all that decides how a question is read: whose dialect it is in, the fields that
   * shape the answer, each behind its length, and what was sent. The digest is trusted, so it is
   * one that nobody finds two inputs for.
   *
   * @param front dialect that the client speaks
   * @param passed fields of the client's that may shape the answer, by name
   */
  static Bytes mark(Dialect front, Map<String, String> passed, byte[] sent) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
    framed(digest, front.name());
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(passed.size()).flip());
    passed.forEach(
        (name, value) -> {
          framed(digest, name);
          framed(digest, value);
        });
    return Bytes.of(digest.digest(sent));
  }

  private static void framed(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
    digest.update(bytes);
  }

  @Nullable SeenQuestion find(Bytes mark) {
    return seen.getIfPresent(mark);
  }

  /** The cache has answered it. */
  void answered(Bytes mark, SeenQuestion question) {
    if (question.bytes() <= MOST_OF_ONE) {
      seen.put(mark, question);
    }
  }

  /** In bytes, about. */
  long bytes() {
    seen.cleanUp();
    return seen.policy().eviction().orElseThrow().weightedSize().orElseThrow();
  }
}
