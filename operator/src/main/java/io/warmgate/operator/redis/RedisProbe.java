package io.warmgate.operator.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.warmgate.operator.snapshot.RedisServer;
import io.warmgate.operator.snapshot.RedisServer.Reach;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;

/**
 * Asks a Redis server whether it answers, takes the credentials, and may evict what has no expiry:
 * {@code AUTH}, {@code PING} and {@code INFO memory} (RESP2). A look, not a client.
 */
final class RedisProbe {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final int MAX_ANSWER = 1 << 20;

  private RedisProbe() {}

  static RedisServer look(ProbeTarget target) {
    ProbeTls.Unshown unshown = new ProbeTls.Unshown();
    try (Socket plain = new Socket()) {
      int millis = (int) TIMEOUT.toMillis();
      plain.connect(
          new InetSocketAddress(target.address().host(), target.address().port()), millis);
      plain.setSoTimeout(millis);
      Socket socket = target.tls() == null ? plain : target.tls().over(plain, unshown);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      if (!authenticates(in, out, target) || !ask(in, out, "PING").startsWith("+")) {
        return new RedisServer(Reach.UNAUTHORIZED, true, false);
      }
      // A server that hides INFO from this user says nothing of its policy: no reason to doubt it.
      String memory = ask(in, out, "INFO", "memory");
      return new RedisServer(Reach.ANSWERS, true, memory.contains("maxmemory_policy:allkeys-"));
    } catch (SSLException e) {
      return new RedisServer(ProbeTls.reach(e), true, false);
    } catch (IOException e) {
      return new RedisServer(
          unshown.asked() ? Reach.ASKS_CERTIFICATE : Reach.UNREACHABLE, true, false);
    }
  }

  private static boolean authenticates(InputStream in, OutputStream out, ProbeTarget target)
      throws IOException {
    if (target.password() == null) {
      return true;
    }
    List<String> words = new ArrayList<>(List.of("AUTH"));
    if (target.username() != null) {
      words.add(target.username());
    }
    words.add(target.password());
    return ask(in, out, words.toArray(String[]::new)).startsWith("+");
  }

  /** The answer with its type's mark: {@code +OK}, {@code -ERR …}, {@code $…}. */
  private static String ask(InputStream in, OutputStream out, String... words) throws IOException {
    StringBuilder command = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      command
          .append('$')
          .append(word.getBytes(UTF_8).length)
          .append("\r\n")
          .append(word)
          .append("\r\n");
    }
    out.write(command.toString().getBytes(UTF_8));
    out.flush();
    String line = line(in);
    if (!line.startsWith("$")) {
      return line;
    }
    if (!line.matches("\\$[0-9]{1,7}")) {
      return "$";
    }
    int length = Math.min(Integer.parseInt(line.substring(1)), MAX_ANSWER);
    return "$" + new String(in.readNBytes(length), UTF_8);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0 || line.length() > MAX_ANSWER) {
        throw new EOFException("no answer");
      }
      line.append((char) next);
    }
    return line.toString().strip();
  }
}
