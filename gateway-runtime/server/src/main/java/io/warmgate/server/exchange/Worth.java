package io.warmgate.server.exchange;

import io.vertx.core.buffer.Buffer;
import io.warmgate.httpcache.Reason;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What of an answer may be kept, when its body has ended. */
public sealed interface Worth {

  /** Where there is nothing to say. */
  enum Plain implements Worth {
    AS_IT_CAME
  }

  /** It is not for keeping. */
  record Nothing(Reason why) implements Worth {}

  /**
   * Another form of the same answer is kept in its place.
   *
   * @param fields of the head that have other values there, by lower-case name
   */
  record Instead(Map<String, String> fields, Buffer body) implements Worth {
    public Instead {
      fields = Map.copyOf(fields);
    }
  }

  /**
   * It answers several {@link Items}, each of which is kept by itself.
   *
   * @param answers to those that were asked, in their order: what each alone would have got
   * @param never why none of them is kept; null: they may be
   */
  record Apart(List<Instead> answers, @Nullable Reason never) implements Worth {
    public Apart {
      answers = List.copyOf(answers);
    }
  }
}
