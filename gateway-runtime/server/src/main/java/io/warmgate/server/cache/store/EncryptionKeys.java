package io.warmgate.server.cache.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.warmgate.config.CacheLayers.SharedCache;
import io.warmgate.config.ConfigException;
import io.warmgate.config.ValueRef;
import io.warmgate.httpcache.entry.EntryKey;
import io.warmgate.httpcache.entry.EntrySeal;
import io.warmgate.server.Values;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys that entries in Redis are encrypted with, as base64 text in values. */
public final class EncryptionKeys {
  private EncryptionKeys() {}

  /**
   * @return null where entries are not encrypted
   * @throws ConfigException where a value is missing, or is no key
   */
  public static @Nullable EntrySeal of(SharedCache shared, Values values) {
    if (shared.encryptionKeys().isEmpty()) {
      return null;
    }
    List<EntryKey> keys = new ArrayList<>();
    for (ValueRef ref : shared.encryptionKeys()) {
      try {
        String text = new String(values.value(ref), US_ASCII).strip();
        keys.add(new EntryKey(Base64.getDecoder().decode(text)));
      } catch (IllegalArgumentException e) {
        throw new ConfigException(ref.name(), "is not 32 bytes in base64");
      }
    }
    return new EntrySeal(keys);
  }
}
