package io.warmgate.server.cache.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The user that {@code docs/redis.md} tells to make for a gateway, word for word. */
public record GatewayUser(String gatewayUid, String password) {
  private static final String COMMAND = "ACL SETUSER ";

  /** As arguments of the server's, which then begins with it. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>(List.of("--user"));
    for (String word : line().substring(COMMAND.length()).split(" ")) {
      arguments.add(word.replace("PASSWORD", password).replace("UID", gatewayUid));
    }
    return arguments;
  }

  private static String line() {
    Path root = Path.of(System.getProperty("warmgate.root", "."));
    try (Stream<String> lines = Files.lines(root.resolve("docs/redis.md"))) {
      List<String> found = lines.filter(line -> line.startsWith(COMMAND)).toList();
      if (found.size() != 1) {
        throw new IllegalStateException("docs/redis.md has " + found.size() + " lines " + COMMAND);
      }
      return found.getFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
