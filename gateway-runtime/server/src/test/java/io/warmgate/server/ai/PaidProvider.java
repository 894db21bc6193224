package io.warmgate.server.ai;

import static io.warmgate.server.ai.Said.OPENAI_ANSWER;
import static io.warmgate.server.ai.Said.OPENAI_STREAM;

import io.warmgate.server.ai.ScriptedProvider.Request;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A provider that remembers what each call cost, and when it was under way. */
final class PaidProvider implements AutoCloseable {
  /** What a question whose text is {@code hi} is guessed to have. */
  static final int GUESSED_INPUT = 5;

  /** What is done for a call; says what it cost in tokens. */
  interface Script {
    long answer(Request request) throws IOException;
  }

  /** Times are {@link System#nanoTime()}. */
  record Call(long begun, long ended, long tokens) {}

  final List<Call> calls = new CopyOnWriteArrayList<>();
  volatile Script script = request -> whole(request, 3, 2);
  private volatile CountDownLatch held = new CountDownLatch(0);
  private final ScriptedProvider provider = new ScriptedProvider(this::answer);

  private void answer(Request request) throws IOException {
    long begun = System.nanoTime();
    try {
      if (!held.await(60, TimeUnit.SECONDS)) {
        throw new IOException("nobody let it go");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    long tokens = script.answer(request);
    calls.add(new Call(begun, System.nanoTime(), tokens));
  }

  static boolean isStream(Request request) {
    return request.body().contains("\"stream\":true");
  }

  static long whole(Request request, long input, long output) throws IOException {
    request.answer(used(OPENAI_ANSWER, input, output));
    return input + output;
  }

  static long streamed(Request request, long input, long output) throws IOException {
    String[] frames = OPENAI_STREAM.clone();
    frames[4] = used(frames[4], input, output);
    request.streamed(frames);
    return input + output;
  }

  /** A stream that breaks off, and says nothing of what it cost. */
  static long cut(Request request, int output) throws IOException {
    request.stream();
    request.chunk(OPENAI_STREAM[0]);
    request.chunk(OPENAI_STREAM[1].replace("Hello", "four".repeat(output)));
    request.connection().close();
    return (long) GUESSED_INPUT + output;
  }

  static long error(Request request) throws IOException {
    request.answer(
        "400 Bad Request", "application/json", "{\"error\":{\"message\":\"no\",\"type\":\"x\"}}");
    return 0;
  }

  private static String used(String text, long input, long output) {
    return text.replace("\"prompt_tokens\":3", "\"prompt_tokens\":" + input)
        .replace("\"completion_tokens\":2", "\"completion_tokens\":" + output);
  }

  void hold() {
    held = new CountDownLatch(1);
  }

  void letGo() {
    held.countDown();
  }

  int begun() {
    return provider.requests.size();
  }

  int port() {
    return provider.port();
  }

  long paid() {
    return calls.stream().mapToLong(Call::tokens).sum();
  }

  /** When the last call began, {@link System#nanoTime()}. */
  long lastBegun() {
    return calls.stream().mapToLong(Call::begun).max().orElseThrow();
  }

  @Override
  public void close() {
    letGo();
    provider.close();
  }
}
