package io.warmgate.server.cache.store;

import io.warmgate.httpcache.entry.EntryKey;
import io.warmgate.httpcache.entry.EntrySeal;
import java.util.List;

/** The same where entries are encrypted: above all, which of two fills is kept. */
class SealedStoreIT extends SharedStoreIT {
  @Override
  EntryCodec codec() {
    return EntryCodec.of(new EntrySeal(List.of(new EntryKey(new byte[EntryKey.LENGTH]))));
  }
}
