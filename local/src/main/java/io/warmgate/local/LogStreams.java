package io.warmgate.local;

import io.warmgate.local.kubelet.PodLogs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code kubectl logs} out of the containers' files. The files hold no times, so {@code
 * --timestamps} and {@code --since} are answered with a line that says so.
 */
final class LogStreams implements io.warmgate.local.api.PodLogs {
  private static final Logger log = LoggerFactory.getLogger(LogStreams.class);
  private static final int CHUNK = 64 * 1024;
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final byte[] NO_TIMES =
      "(pods of this machine keep no times of their lines)\n".getBytes(StandardCharsets.UTF_8);

  private final PodLogs logs;

  LogStreams(PodLogs logs) {
    this.logs = logs;
  }

  @Override
  public void open(Query query, Output output) {
    Thread.ofVirtual()
        .name("logs " + query.namespace() + "/" + query.pod())
        .start(
            () -> {
              try {
                stream(query, output);
              } catch (IOException failed) {
                log.info("logs of {}: {}", query.pod(), failed.getMessage());
              } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
              } finally {
                output.end();
              }
            });
  }

  private void stream(Query query, Output output) throws IOException, InterruptedException {
    if (query.timestamps() || query.sinceSeconds().isPresent()) {
      output.write(NO_TIMES);
    }
    Optional<Path> file = file(query);
    if (file.isEmpty()) {
      return;
    }
    try (FileChannel channel = FileChannel.open(file.get())) {
      if (query.tailLines().isPresent()) {
        channel.position(tail(channel, query.tailLines().getAsInt()));
      }
      copy(channel, output);
      while (query.follow() && !output.closed() && lives(query, file.get())) {
        Thread.sleep(PAUSE);
        copy(channel, output);
      }
      copy(channel, output);
    }
  }

  private Optional<Path> file(Query query) {
    return query.previous()
        ? logs.previous(query.namespace(), query.pod(), query.container())
        : logs.latest(query.namespace(), query.pod(), query.container());
  }

  /** A run's log has ended with its pod, or when the next run began. */
  private boolean lives(Query query, Path file) {
    return logs.lives(query.namespace(), query.pod()) && file(query).equals(Optional.of(file));
  }

  private static void copy(FileChannel channel, Output output) throws IOException {
    var buffer = ByteBuffer.allocate(CHUNK);
    while (!output.closed() && channel.read(buffer) > 0) {
      buffer.flip();
      byte[] text = new byte[buffer.remaining()];
      buffer.get(text);
      output.write(text);
      buffer.clear();
    }
  }

  /** Where the last lines begin. */
  private static long tail(FileChannel channel, int lines) throws IOException {
    long end = channel.size();
    if (lines == 0) {
      return end;
    }
    int left = lines;
    var buffer = ByteBuffer.allocate(CHUNK);
    for (long from = end; from > 0; ) {
      long begin = Math.max(0, from - CHUNK);
      buffer.clear().limit((int) (from - begin));
      int read;
      do {
        read = channel.read(buffer, begin + buffer.position());
      } while (read > 0 && buffer.hasRemaining());
      for (int i = buffer.position() - 1; i >= 0; i--) {
        if (buffer.get(i) == '\n' && begin + i < end - 1 && --left <= 0) {
          return begin + i + 1;
        }
      }
      from = begin;
    }
    return 0;
  }
}
