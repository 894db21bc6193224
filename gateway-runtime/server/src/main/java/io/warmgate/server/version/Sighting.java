package io.warmgate.server.version;

import org.jspecify.annotations.Nullable;

/**
 * What counts of what a server says: what it said several times in a row. Behind one address there
 * may be several servers, of which some have a new version and some do not yet; who asks one of
 * each in turn hears now this and now that.
 *
 * @param counts null: it has said nothing yet
 * @param news that do not count yet; null: none
 * @param times how often they were heard in a row
 */
record Sighting(Found.@Nullable Versions counts, Found.@Nullable Versions news, int times) {
  static final int STEADY = 3;
  static final Sighting NOTHING = new Sighting(null, null, 0);

  Sighting learn(Found.Versions said) {
    if (said.equals(counts)) {
      return new Sighting(said, null, 0);
    }
    int heard = said.equals(news) ? times + 1 : 1;
    return heard < STEADY ? new Sighting(counts, said, heard) : new Sighting(said, null, 0);
  }

  /** Whether something was heard that does not count yet. */
  boolean isUnsure() {
    return news != null;
  }
}
