package io.warmgate.server.values;

import io.warmgate.config.ConfigException;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.ValueRef;
import io.warmgate.config.admin.SecretValues;
import io.warmgate.server.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The values that were pushed, and behind them the mounted Secret: one file a value, named by its
 * fingerprint, which is never the name of anything else. Prints no value.
 *
 * <p>A push replaces the one before, but for what the served configuration names: that stays.
 */
public final class ValueStore implements Values {
  private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{64}");

  private final Path directory;
  private volatile Map<String, byte[]> held = Map.of();

  public ValueStore(Path directory) {
    this.directory = directory;
  }

  /**
   * @param served what is served now; null before the first revision
   * @throws ConfigException where a key is no fingerprint; then nothing changed
   */
  public synchronized void push(SecretValues pushed, @Nullable GatewayConfig served) {
    Map<String, byte[]> next = new HashMap<>();
    if (served != null) {
      for (ValueRef ref : ValueRefs.of(served)) {
        byte[] value = held.get(ref.fingerprint());
        if (value != null) {
          next.put(ref.fingerprint(), value);
        }
      }
    }
    pushed
        .values()
        .forEach(
            (fingerprint, value) -> {
              if (!FINGERPRINT.matcher(fingerprint).matches() || value == null) {
                throw new ConfigException("values", "has a key that is no fingerprint, or a null");
              }
              next.put(fingerprint, value.clone());
            });
    held = Map.copyOf(next);
  }

  /**
   * @throws ConfigException where a value that the configuration names is not here
   */
  public void require(GatewayConfig config) {
    ValueRefs.of(config).forEach(this::value);
  }

  @Override
  public byte[] value(ValueRef reference) {
    byte[] value = held.get(reference.fingerprint());
    return value != null ? value : mounted(reference);
  }

  private byte[] mounted(ValueRef reference) {
    try {
      return Files.readAllBytes(directory.resolve(reference.fingerprint()));
    } catch (NoSuchFileException e) {
      throw new ConfigException("values", "lacks " + reference.name());
    } catch (IOException e) {
      throw new ConfigException("values", "cannot give " + reference.name() + ": " + e);
    }
  }

  @Override
  public String toString() {
    return "ValueStore" + held.keySet();
  }
}
