package io.warmgate.server.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Clients that ask for one thing at the same moment, each over a connection made before. */
final class Storm {
  private static final int CLIENTS = 100;

  private final List<Future<Got>> answers;

  /**
   * What one client got.
   *
   * @param text head and body as they came
   */
  record Got(String text, long millis) {
    int status() {
      return text.isEmpty() ? 0 : Integer.parseInt(text.substring(9, 12));
    }

    /** Which of {@link CountingOrigin}'s answers it is. */
    String answer() {
      int at = text.indexOf("answer ");
      return at < 0 ? "" : text.substring(at).strip().split("\r\n", 2)[0];
    }
  }

  private Storm(List<Future<Got>> answers) {
    this.answers = answers;
  }

  /** Begins: as many clients for each pod. */
  static Storm over(List<Pod> pods, String path, String... fields) {
    String request =
        "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n%s\r\n"
            .formatted(
                path, Pod.HOST, fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n");
    CountDownLatch ready = new CountDownLatch(CLIENTS);
    List<Future<Got>> all = new ArrayList<>();
    ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    for (int i = 0; i < CLIENTS; i++) {
      Pod pod = pods.get(i % pods.size());
      all.add(clients.submit(() -> ask(pod, request, ready)));
    }
    clients.shutdown();
    return new Storm(all);
  }

  private static Got ask(Pod pod, String request, CountDownLatch ready) {
    try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), pod.port)) {
      socket.setSoTimeout(30_000);
      ready.countDown();
      ready.await();
      long began = System.nanoTime();
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      return new Got(text, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Got got(Future<Got> one) {
    try {
      return one.get(60, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  /** Waits for all. */
  List<Got> answers() {
    return answers.stream().map(Storm::got).toList();
  }

  long with(int status) {
    return answers().stream().filter(one -> one.status() == status).count();
  }

  /** The longest but one of a hundred, in milliseconds. */
  long p99() {
    return answers().stream()
        .mapToLong(Got::millis)
        .sorted()
        .skip(CLIENTS - 2)
        .findFirst()
        .orElse(0);
  }
}
