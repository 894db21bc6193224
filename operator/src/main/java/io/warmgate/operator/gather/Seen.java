package io.warmgate.operator.gather;

import java.util.List;

/** What an informer made on demand knows. */
sealed interface Seen<T> {

  record Objects<T>(List<T> objects) implements Seen<T> {
    public Objects {
      objects = List.copyOf(objects);
    }
  }

  /** The API server refuses to say (403). */
  record Forbidden<T>() implements Seen<T> {}

  /** The API server does not serve the kind: its CRD is not installed. */
  record NotServed<T>() implements Seen<T> {}

  /** It could not be asked; it will be again. */
  record Unknown<T>() implements Seen<T> {}
}
