package io.warmgate.operator.source;

import java.util.HashMap;
import java.util.Map;

/**
 * The lists that were read of late: one that did not change is not read again. Names come and go
 * (Kustomize gives a ConfigMap another one with each change), and what is read is large.
 */
public final class RequestLists {
  private Map<String, Read> before = Map.of();
  private Map<String, Read> now = new HashMap<>();

  private record Read(String text, Map<String, String> pictures, RequestList list) {}

  /** All are read once more from here on; what was not since this was last said is forgotten. */
  public void begin() {
    before = now;
    now = new HashMap<>();
  }

  /**
   * @param name of the list; where it ends in {@code .yaml} or {@code .yml}, it is one of objects
   * @param pictures beside it: base64, by name
   */
  RequestList read(String name, String text, Map<String, String> pictures) {
    Read known = now.getOrDefault(name, before.get(name));
    if (known != null && known.text().equals(text) && known.pictures().equals(pictures)) {
      now.put(name, known);
      return known.list();
    }
    RequestList list =
        name.endsWith(".yaml") || name.endsWith(".yml")
            ? RequestObjects.parse(text, new Pictures(pictures))
            : RequestList.parse(text, new Pictures(pictures));
    now.put(name, new Read(text, pictures, list));
    return list;
  }
}
