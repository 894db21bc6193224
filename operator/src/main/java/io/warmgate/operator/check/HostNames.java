package io.warmgate.operator.check;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Addresses of names.
 *
 * @param hostsFile names that DNS does not know, in the form of {@code /etc/hosts}, read anew each
 *     time; null: none
 */
public record HostNames(@Nullable Path hostsFile) {

  /**
   * @param host a name, or an address; an IPv6 address without brackets
   * @return at least one
   */
  List<InetAddress> resolve(String host) throws UnknownHostException {
    String known = hostsFile == null ? null : inFile(hostsFile, host.toLowerCase(Locale.ROOT));
    return List.of(InetAddress.getAllByName(known == null ? host : known));
  }

  private static @Nullable String inFile(Path file, String host) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .map(line -> line.replaceFirst("#.*", "").strip().split("\\s+"))
          .filter(words -> List.of(words).subList(1, Math.max(1, words.length)).contains(host))
          .map(words -> words[0])
          .findFirst()
          .orElse(null);
    } catch (IOException e) {
      return null;
    }
  }
}
