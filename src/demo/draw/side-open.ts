import type { Finish } from './finish.ts'
import { renderCircle, renderEllipse, renderLine, renderPath, renderRect } from './svg.ts'
import type { SideShape } from './side-shape.ts'

const trim = '#6b4a34'

/**
 * Draws the cockpit of a car with its roof down: backrests, steering wheel, and the windshield
 * frame.
 */
const cockpit = (): string =>
  [
    renderEllipse(806, 512, 9, 36, {
      fill: 'none',
      stroke: '#15181b',
      'stroke-width': 8,
      transform: 'rotate(24 806 512)',
    }),
    ...[1010, 900].map((x) =>
      renderPath(
        `M ${x} 560 L ${x - 14} 496 C ${x - 16} 478 ${x + 36} 472 ${x + 42} 490 L ${x + 62}
          ` +
          '560 Z ' +
          `M ${x - 9} 473 L ${x - 13} 452 C ${x - 12} 442 ${x + 18} 440 ${x + 22} 448 L
            ` +
          `${x + 30} 470 C ${x + 28} 476 ${x - 6} 480 ${x - 9} 473 Z`,
        { fill: trim, stroke: '#3a281c', 'stroke-width': 2.5 },
      ),
    ),
    renderPath('M 1064 548 C 1066 520 1090 506 1124 508 L 1196 524 L 1180 552 Z', {
      fill: '#191c20',
    }),
  ].join('')

const screenFrame = (finish: Finish): string =>
  renderPath('M 668 541 C 714 504 764 470 806 452 L 822 458 C 812 486 800 516 792 545 Z', {
    fill: '#9fb3c4',
    'fill-opacity': 0.42,
  }) +
  renderLine('M 664 541 C 710 503 762 468 806 449', finish.seam, 13) +
  renderLine('M 664 539 C 710 501 762 466 806 447', finish.lit, 5) +
  renderLine('M 806 449 C 822 450 828 460 824 472', '#15181b', 9) +
  renderLine('M 792 545 C 800 520 812 490 822 464', '#15181b', 6)

export const convertible: SideShape = {
  body:
    'M 206 752 C 191 750 184 741 184 727 L 178 662 C 176 634 178 612 190 598 C 214 580 290 ' +
    '566 390 556 C 490 547 580 541 664 539 ' +
    'C 720 544 800 550 900 550 C 980 550 1040 546 1070 540 C 1120 526 1180 520 1240 521 C ' +
    '1310 522 1376 528 1410 536 ' +
    'C 1420 552 1420 572 1420 590 C 1428 616 1431 650 1427 682 C 1422 720 1412 744 1390 752 Z',
  glass:
    'M 684 541 C 728 506 770 480 806 464 C 800 490 794 518 788 545 C 752 545 716 543 684 541 Z',
  screens: '',
  posts: '',
  axles: [422, 1148],
  radius: 96,
  roof: 460,
  belt: 572,
  sill: 748,
  seams: [
    'M 690 546 C 668 604 672 690 694 732 L 1046 732',
    'M 1082 540 C 1096 604 1080 664 1046 732',
    'M 200 596 C 310 580 430 570 530 562',
    'M 1426 648 C 1394 654 1350 656 1310 654',
    'M 1240 524 C 1230 540 1226 552 1226 560',
  ],
  handles: [[1036, 590]],
  crease:
    'M 340 596 C 520 576 700 580 880 578 C 1000 576 1080 560 1180 552 C 1280 548 1350 552 1414 558',
  swage: 'M 540 706 C 700 700 880 696 1036 676',
  headlight:
    'M 185 608 C 214 594 272 584 334 578 C 324 594 292 604 250 609 C 222 613 196 619 185 620 Z',
  taillight:
    'M 1414 548 C 1420 562 1420 576 1420 590 C 1392 593 1352 586 1328 570 C 1352 556 1384 548 ' +
    '1414 548 Z',
  mirror: [706, 532],
  seats: [],
  cladding:
    'M 526 738 L 1044 738 L 1044 770 L 526 770 Z M 176 736 L 318 734 L 320 770 L 176 770 Z M ' +
    '174 640 L 198 636 L 208 676 L 174 682 Z ' +
    'M 174 702 L 242 692 L 228 722 L 176 724 Z M 1260 732 L 1440 726 L 1440 770 L 1256 770 Z',
  wheels: ['fork', 'five', 'ten'],
  arch: { gap: 10, lip: 'paint' },
  behind: cockpit,
  inFront: (finish) =>
    renderLine('M 700 547 C 800 554 980 554 1068 543', '#15181b', 6) + screenFrame(finish),
}

const bumper = (x: number, y: number, width: number): string =>
  renderRect(x, y, width, 26, {
    rx: 12,
    fill: 'url(#chrome)',
    stroke: '#646b72',
    'stroke-width': 1.5,
  })

const wings = (finish: Finish): string =>
  [
    renderPath(
      'M 268 712 C 250 610 330 530 444 528 C 540 528 598 610 622 722 L 600 740 L 330 740 Z',
      { fill: 'url(#paint)' },
    ),
    renderPath(
      'M 968 722 C 984 610 1056 532 1150 532 C 1266 536 1340 616 1350 712 L 1330 736 L 1000 740 Z',
      {
        fill: 'url(#paint)',
      },
    ),
    renderLine('M 268 700 C 258 610 334 532 444 530 C 536 530 596 606 620 716', finish.seam, 2.6),
    renderLine(
      'M 970 716 C 986 610 1058 534 1150 534 C 1262 538 1336 614 1348 704',
      finish.seam,
      2.6,
    ),
    renderLine('M 316 620 C 340 572 386 548 440 546', '#ffffff', 7, {
      'stroke-opacity': finish.gloss * 0.8,
    }),
    renderLine('M 1020 622 C 1046 574 1090 552 1146 550', '#ffffff', 7, {
      'stroke-opacity': finish.gloss * 0.8,
    }),
    ...[440, 1144].map((x) => renderCircle(x, 710, 101, { fill: '#0b0c0e' })),
    renderRect(600, 722, 376, 16, { rx: 7, fill: '#1c1f23' }),
    renderLine('M 606 722 L 970 722', '#d5dade', 4),
    renderPath(
      'M 290 648 C 270 616 278 572 306 560 C 326 566 330 614 312 646 C 304 654 296 654 290 648 Z',
      {
        fill: 'url(#dome)',
        stroke: '#6d747b',
        'stroke-width': 5,
      },
    ),
    renderPath(
      'M 1316 596 C 1336 604 1348 632 1346 660 C 1332 664 1318 650 1312 632 C 1310 614 1312 ' +
        '602 1316 596 Z',
      {
        fill: 'url(#tail)',
        stroke: '#c8ced4',
        'stroke-width': 4,
      },
    ),
  ].join('')

/**
 * The rear-engined convertible of the seventies: separate fenders, running boards, the roof folded
 * at the rear.
 */
export const classicConvertible: SideShape = {
  body:
    'M 352 726 L 336 640 C 344 560 410 508 500 494 C 560 487 600 486 640 487 C 760 496 920 ' +
    '498 1040 492 C 1090 488 1130 494 1164 506 C 1250 540 1312 612 1336 690 L 1330 726 Z',
  glass: 'M 664 486 L 720 392 L 736 396 L 742 488 Z',
  screens: '',
  posts: '',
  axles: [440, 1144],
  radius: 92,
  roof: 470,
  belt: 530,
  sill: 724,
  seams: [
    'M 664 490 C 650 560 660 660 690 712 L 930 712 C 950 640 958 560 956 496',
    'M 486 498 C 430 520 404 560 400 610',
  ],
  handles: [[908, 546]],
  crease: 'M 520 536 C 700 532 900 532 1080 536',
  swage: 'M 640 676 C 740 674 860 674 950 668',
  headlight: 'M 306 640 Z',
  taillight: 'M 1318 640 Z',
  mirror: [672, 470],
  seats: [],
  cladding: '',
  chrome: true,
  wheels: ['cap'],
  arch: { gap: 9, lip: 'none' },
  behind: () =>
    [
      renderEllipse(790, 478, 9, 38, {
        fill: 'none',
        stroke: '#15181b',
        'stroke-width': 7,
        transform: 'rotate(30 790 478)',
      }),
      ...[990, 868].map((x) =>
        renderPath(
          `M ${x} 500 L ${x - 12} 432 C ${x - 10} 410 ${x + 38} 408 ${x + 44} 430 L ${x + 62}
            ` + '500 Z',
          {
            fill: '#1d1f22',
          },
        ),
      ),
      renderPath(
        'M 1010 496 C 1000 452 1030 424 1084 420 C 1150 418 1196 440 1204 474 C 1208 500 1190 ' +
          '516 1160 516 Z',
        {
          fill: '#e6dcc6',
          stroke: '#8c8069',
          'stroke-width': 3,
        },
      ),
      renderLine('M 1022 470 C 1060 452 1140 452 1196 470', '#b5a98f', 4),
      renderLine('M 1016 488 C 1060 476 1140 478 1190 496', '#b5a98f', 4),
    ].join(''),
  inFront: (finish) =>
    wings(finish) +
    renderLine('M 650 488 L 714 388', finish.base, 13) +
    renderLine('M 714 388 C 724 384 734 386 738 394', '#d5dade', 7) +
    bumper(236, 700, 96) +
    bumper(1296, 700, 92),
}
