package io.warmgate.operator.source;

import java.util.HashMap;
import java.util.Map;

/** The lists that were read last: one that did not change is not read again. */
public final class RequestLists {
  private final Map<String, Read> known = new HashMap<>();

  private record Read(String text, Map<String, String> pictures, RequestList list) {}

  /**
   * @param name of the list; where it ends in {@code .yaml} or {@code .yml}, it is one of objects
   * @param pictures beside it: base64, by name
   */
  RequestList read(String name, String text, Map<String, String> pictures) {
    Read before = known.get(name);
    if (before != null && before.text().equals(text) && before.pictures().equals(pictures)) {
      return before.list();
    }
    RequestList list =
        name.endsWith(".yaml") || name.endsWith(".yml")
            ? RequestObjects.parse(text, new Pictures(pictures))
            : RequestList.parse(text, new Pictures(pictures));
    known.put(name, new Read(text, pictures, list));
    return list;
  }
}
