package io.warmgate.httpcache.structured;

import io.warmgate.httpcache.structured.Member.Flag;
import io.warmgate.httpcache.structured.Member.Int;
import io.warmgate.httpcache.structured.Member.Item;
import io.warmgate.httpcache.structured.Member.Other;
import io.warmgate.httpcache.structured.Member.Text;
import io.warmgate.httpcache.structured.Member.Token;

/** Single values, <a href="https://www.rfc-editor.org/rfc/rfc9651#section-4.2.3.1">§4.2.3.1</a>. */
final class BareItems {
  /** RFC 9110 §5.6.2, and colon and slash (RFC 9651 §3.3.4). */
  private static final String TOKEN_PUNCTUATION = "!#$%&'*+-.^_`|~:/";

  private BareItems() {}

  static Item read(Cursor in) throws Malformed {
    int c = in.peek();
    if (c == '-' || Cursor.isDigit(c)) {
      return number(in);
    }
    if (c == '*' || Cursor.isAlpha(c)) {
      return token(in);
    }
    return switch (in.next()) {
      case '"' -> text(in);
      case '?' -> flag(in);
      case ':' -> bytes(in);
      case '@' -> {
        if (number(in) instanceof Int) {
          yield Other.OTHER;
        }
        throw new Malformed();
      }
      case '%' -> display(in);
      default -> throw new Malformed();
    };
  }

  /** §4.2.4: at most 15 digits, or 12 with up to three decimals. */
  private static Item number(Cursor in) throws Malformed {
    boolean negative = in.take('-');
    long value = 0;
    int digits = 0;
    while (Cursor.isDigit(in.peek())) {
      value = value * 10 + (in.next() - '0');
      if (++digits > 15) {
        throw new Malformed();
      }
    }
    if (digits == 0) {
      throw new Malformed();
    }
    if (!in.take('.')) {
      return new Int(negative ? -value : value);
    }
    int decimals = 0;
    while (Cursor.isDigit(in.peek())) {
      in.next();
      decimals++;
    }
    if (digits > 12 || decimals < 1 || decimals > 3) {
      throw new Malformed();
    }
    return Other.OTHER;
  }

  private static Item token(Cursor in) {
    int start = in.position();
    while (isTokenCharacter(in.peek())) {
      in.next();
    }
    return new Token(in.since(start));
  }

  private static boolean isTokenCharacter(int c) {
    return Cursor.isAlpha(c)
        || Cursor.isDigit(c)
        || (c != Cursor.END && TOKEN_PUNCTUATION.indexOf(c) >= 0);
  }

  private static Item text(Cursor in) throws Malformed {
    StringBuilder text = new StringBuilder();
    while (true) {
      int c = in.next();
      if (c == '"') {
        return new Text(text.toString());
      }
      if (c == '\\') {
        c = in.next();
        if (c != '"' && c != '\\') {
          throw new Malformed();
        }
      } else if (c < 0x20 || c > 0x7e) {
        throw new Malformed();
      }
      text.append((char) c);
    }
  }

  private static Item flag(Cursor in) throws Malformed {
    return switch (in.next()) {
      case '1' -> new Flag(true);
      case '0' -> new Flag(false);
      default -> throw new Malformed();
    };
  }

  /** Its characters alone are looked at: the bytes are of no use here. */
  private static Item bytes(Cursor in) throws Malformed {
    while (!in.take(':')) {
      int c = in.next();
      if (!Cursor.isAlpha(c) && !Cursor.isDigit(c) && c != '+' && c != '/' && c != '=') {
        throw new Malformed();
      }
    }
    return Other.OTHER;
  }

  private static Item display(Cursor in) throws Malformed {
    in.expect('"');
    while (!in.take('"')) {
      int c = in.next();
      if (c < 0x20 || c > 0x7e || (c == '%' && !isHexPair(in))) {
        throw new Malformed();
      }
    }
    return Other.OTHER;
  }

  private static boolean isHexPair(Cursor in) {
    int high = in.next();
    int low = in.next();
    return isHex(high) && isHex(low);
  }

  private static boolean isHex(int c) {
    return Cursor.isDigit(c) || (c >= 'a' && c <= 'f');
  }
}
