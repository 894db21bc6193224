package io.warmgate.httpcache.structured;

import io.warmgate.httpcache.structured.Member.InnerList;
import io.warmgate.httpcache.structured.Member.Item;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lists and dictionaries, <a href="https://www.rfc-editor.org/rfc/rfc9651#section-4.2">RFC 9651
 * §4.2</a>. Strict: what does not parse whole is no value at all. A field without lines, or with
 * nothing in them, is an empty one.
 */
public final class StructuredFields {
  private final Cursor in;

  private StructuredFields(Cursor in) {
    this.in = in;
  }

  /** The members by their keys; of a key that occurs twice the last (§4.2.2). */
  public static Optional<Map<String, Member>> dictionary(List<String> lines) {
    StructuredFields fields = new StructuredFields(new Cursor(String.join(",", lines)));
    try {
      return Optional.of(fields.dictionary());
    } catch (Malformed _) {
      return Optional.empty();
    }
  }

  /** The members in their order. */
  public static Optional<List<Member>> list(List<String> lines) {
    StructuredFields fields = new StructuredFields(new Cursor(String.join(",", lines)));
    try {
      return Optional.of(fields.list());
    } catch (Malformed _) {
      return Optional.empty();
    }
  }

  private Map<String, Member> dictionary() throws Malformed {
    Map<String, Member> members = new LinkedHashMap<>();
    in.skipSpaces();
    while (!in.atEnd()) {
      String key = key();
      if (in.take('=')) {
        members.put(key, member());
      } else {
        parameters();
        members.put(key, new Member.Flag(true));
      }
      comma();
    }
    return members;
  }

  private List<Member> list() throws Malformed {
    List<Member> members = new ArrayList<>();
    in.skipSpaces();
    while (!in.atEnd()) {
      members.add(member());
      comma();
    }
    return members;
  }

  /** The end, or a comma that another member follows. */
  private void comma() throws Malformed {
    in.skipWhitespace();
    if (in.atEnd()) {
      return;
    }
    in.expect(',');
    in.skipWhitespace();
    if (in.atEnd()) {
      throw new Malformed();
    }
  }

  private Member member() throws Malformed {
    return in.take('(') ? innerList() : item();
  }

  private InnerList innerList() throws Malformed {
    List<Item> items = new ArrayList<>();
    while (true) {
      in.skipSpaces();
      if (in.take(')')) {
        parameters();
        return new InnerList(items);
      }
      items.add(item());
      if (in.peek() != ' ' && in.peek() != ')') {
        throw new Malformed();
      }
    }
  }

  private Item item() throws Malformed {
    Item item = BareItems.read(in);
    parameters();
    return item;
  }

  private void parameters() throws Malformed {
    while (in.take(';')) {
      in.skipSpaces();
      key();
      if (in.take('=')) {
        BareItems.read(in);
      }
    }
  }

  /** §4.2.3.3. */
  private String key() throws Malformed {
    int start = in.position();
    if (!isLower(in.peek()) && in.peek() != '*') {
      throw new Malformed();
    }
    while (isLower(in.peek())
        || Cursor.isDigit(in.peek())
        || (in.peek() != Cursor.END && "_-.*".indexOf(in.peek()) >= 0)) {
      in.next();
    }
    return in.since(start);
  }

  private static boolean isLower(int c) {
    return c >= 'a' && c <= 'z';
  }
}
