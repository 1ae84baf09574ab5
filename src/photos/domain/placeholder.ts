/**
 * Parts of addresses of pictures that say that there is no photo yet, by whole words: dealers’
 * sites and providers of stock photos name them so.
 */
const WORDS = [
  'no-?(?:photos?|images?|pics?|pictures?)(?:-?available)?',
  '(?:photos?|images?|pictures?|pics?)-?(?:coming-?soon|not-?(?:available|found)|unavailable)',
  '(?:coming|photos)-?soon',
  'awaiting-?(?:photos?|images?)',
  'place-?holders?',
  'image-?missing',
  'missing-?(?:photos?|images?)',
  'default-?(?:car|vehicle|image|photo)',
]

const PLACEHOLDER = new RegExp(`(?:^|[/._-])(?:${WORDS.join('|')})(?=$|[/._-]|\\d)`, 'i')

/**
 * Whether the address of a photo is probably that of a picture that stands for a missing one, such
 * as `https://dealer.example/no-photo.jpg`: by the words in its path. No feed shows such a picture.
 */
export function isPlaceholderPhoto(url: string): boolean {
  const path = URL.parse(url, 'http://localhost')?.pathname ?? ''
  return PLACEHOLDER.test(path.replaceAll(/%20|[_+]/gi, '-'))
}
